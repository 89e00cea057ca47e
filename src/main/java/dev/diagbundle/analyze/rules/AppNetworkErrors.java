package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.ServiceFact;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.DnsPods;
import dev.diagbundle.analyze.rules.support.NetworkErrors;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;

/// Workloads whose logs contain network errors.
final class AppNetworkErrors extends Rule {
  private static final Duration SPAN = Duration.ofMinutes(15);
  private static final int MANY_LINES = 10;
  private static final int MANY_PODS = 3;
  private static final int MANY_OWNERS = 3;
  private static final int MANY_NAMES = 3;
  private static final int MAX_TARGETS = 500;
  private static final int MAX_PODS = 20_000;

  private record Key(NetworkErrors.Kind kind, String target) {}

  /// Lines about one target.
  private static final class Errors {
    private final BooleanSupplier room;
    private final Burst burst = new Burst(MANY_LINES, SPAN);
    private final Map<String, Instant> pods = new TreeMap<>();
    private final Map<String, Evidence> evidence = new HashMap<>();

    /// @param room a supplier that is true if one more pod may be kept, of all targets
    Errors(BooleanSupplier room) {
      this.room = room;
    }

    void add(LogLine line) {
      burst.add(line);
      boolean known = pods.containsKey(line.pod());
      if (known || room.getAsBoolean()) {
        pods.merge(line.pod(), line.time().orElse(line.read()), (a, b) -> a.isAfter(b) ? a : b);
        if (evidence.size() < Evidence.MAX_LINES) {
          evidence.putIfAbsent(line.pod(), line.evidence());
        }
      }
    }

    /// Returns whether they are many lines in a short time, or of many pods.
    boolean isMuch() {
      var newest = burst.last().orElse(Instant.EPOCH).minus(SPAN);
      return burst.isReached()
          || pods.values().stream().filter(at -> !at.isBefore(newest)).count() >= MANY_PODS;
    }
  }

  AppNetworkErrors() {
    super(
        "app-network-errors",
        Layer.INGRESS,
        "If the target is a Service of this cluster, see the findings about it. If the Service"
            + " does not exist, create it or correct the name: a Service in another namespace"
            + " is addressed as service.namespace.",
        KUBERNETES + "tasks/debug/debug-application/debug-service/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var found = new HashMap<Key, Errors>();
    var kept = new AtomicInteger();
    BooleanSupplier room = () -> kept.get() < MAX_PODS && kept.incrementAndGet() > 0;
    var names = new Errors(room);
    interests.recentLines(
        "cluster-resources/pods/logs/**",
        NetworkErrors.LITERALS,
        "(?i)no such host|name resolution|EAI_AGAIN|ENOTFOUND|UnknownHostException"
            + "|connection refused|ECONNREFUSED|i/o timeout|ETIMEDOUT|connect timed out|x509: "
            + "|certificate verify failed|PKIX path",
        line ->
            NetworkErrors.kind(line.text())
                .ifPresent(kind -> {
                  var key = new Key(kind, NetworkErrors.target(line.text(), kind));
                  if (found.size() < MAX_TARGETS || found.containsKey(key)) {
                    found.computeIfAbsent(key, _ -> new Errors(room)).add(line);
                  }
                  if (kind == NetworkErrors.Kind.DNS) {
                    names.add(line);
                  }
                }));
    return (facts, conclusion) -> {
      var pods = new HashMap<String, PodFact>();
      facts.pods().forEach(pod -> pods.put(pod.name().path(), pod));
      var groups = HitGroups.byCause();
      // Many names that do not resolve are one fault: that of the resolver.
      boolean all = found.keySet().stream().filter(AppNetworkErrors::isDns).count() > MANY_NAMES;
      if (all && names.isMuch()) {
        add(facts, groups, pods, "dns error for many names", names);
      }
      found.forEach((key, errors) -> {
        if (errors.isMuch() && !(all && isDns(key))) {
          var what = key.kind.label() + " at " + target(facts, key, errors);
          add(facts, groups, pods, what, errors);
        }
      });
      conclusion.found(groups, AppNetworkErrors::title);
      if (!facts.pods().isEmpty() && !facts.hasPodLogs("")) {
        conclusion.unknown("logs of pods: not collected");
      }
    };
  }

  private static boolean isDns(Key key) {
    return key.kind == NetworkErrors.Kind.DNS;
  }

  private static void add(
      Facts facts, HitGroups groups, Map<String, PodFact> pods, String cause, Errors errors) {
    var hits = new HashMap<String, Hit>();
    var owners = new HashSet<ObjectName>();
    for (String name : errors.pods.keySet()) {
      var pod = Optional.ofNullable(pods.get(name));
      // Errors of DNS pods themselves are left to the rule for DNS.
      if (pod.filter(DnsPods::is).isPresent()) {
        continue;
      }
      var hit =
          pod.map(each -> Hit.of(Severity.INFO, cause, each, facts))
              .orElseGet(() -> Hit.of(Severity.INFO, cause, gone(name)))
              .and(Optional.ofNullable(errors.evidence.get(name)))
              .seen(errors.burst.first(), errors.burst.last());
      owners.add(hit.owner());
      hits.put(name, hit);
    }
    var now = errors.burst.newest().orElseThrow().read();
    boolean active = errors.burst.isWithin(SPAN, now);
    var severity = owners.size() >= MANY_OWNERS ? Severity.WARNING : Severity.INFO;
    for (var entry : new TreeMap<>(hits).entrySet()) {
      var hit = entry.getValue().severity(severity);
      groups.add(active ? hit : hit.over());
    }
  }

  private static ObjectName gone(String path) {
    int slash = path.indexOf('/');
    return new ObjectName("Pod", path.substring(0, Math.max(0, slash)), path.substring(slash + 1));
  }

  /// The targeted Service, if it is in the bundle; else the name as it was written.
  private static String target(Facts facts, Key key, Errors errors) {
    var host = NetworkErrors.host(key.target);
    if (host.isEmpty()) {
      return "an unnamed target";
    }
    var segments = host.split("\\.", 3);
    Set<String> own = new HashSet<>();
    errors
        .pods
        .keySet()
        .forEach(name -> own.add(name.substring(0, Math.max(0, name.indexOf('/')))));
    boolean meantHere = segments.length == 1 && own.size() == 1;
    for (ServiceFact service : facts.services()) {
      var name = service.name();
      boolean named =
          name.name().equals(segments[0])
              && (meantHere
                  ? own.contains(name.namespace())
                  : segments.length > 1 && name.namespace().equals(segments[1]));
      if (named || service.clusterIps().contains(host)) {
        return name.toString();
      }
    }
    return key.target;
  }

  private static String title(HitGroup group) {
    return (group.owners().size() == 1
            ? group.who() + " gets "
            : group.owners().size() + " workloads get ")
        + group.cause();
  }
}

package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.RequestStatistics;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import java.util.regex.Pattern;

/// An API server that does not respond, fails its own health checks, or throttles requests.
final class ApiserverUnhealthy extends Rule {
  private static final CheckInput READYZ =
      new CheckInput("readyz of the API server", "apiPaths/readyz", "api/readyz");
  private static final ObjectName SERVER = new ObjectName("API server", "", "kube-apiserver");
  private static final int TOO_MANY = 429;
  private static final int SERVER_ERROR = 500;
  private static final double SHARE = 0.05;
  private static final Pattern FAILED = Pattern.compile("^\\[-\\](\\S{1,200}) failed");

  ApiserverUnhealthy() {
    super(
        "apiserver-unhealthy",
        Layer.CONTROL_PLANE,
        "Check etcd first, then the termination reason of the API server's container and its"
            + " flags. Running pods continue meanwhile.",
        KUBERNETES + "reference/using-api/health-checks/",
        READYZ,
        CheckInput.REQUESTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var failed = new TreeMap<String, LogLine>();
    for (String path : List.of("api/readyz", "api/livez", "api/healthz")) {
      interests.lines(
          path,
          List.of(" failed"),
          "^\\[-\\]\\S+ failed",
          line -> {
            var name = FAILED.matcher(line.text());
            if (name.find()) {
              failed.putIfAbsent(name.group(1), line);
            }
          });
    }
    var dials = new TreeMap<String, Burst>();
    interests.lines(
        "nodes/*/services/kubelet.log",
        List.of("ensure lease exists", "update lease", "Unable to register node"),
        "(Failed to (ensure lease exists|update lease)|Unable to register node).*(dial"
            + " tcp|connection refused|i/o timeout|no route to host|context deadline exceeded)",
        line -> dials.computeIfAbsent(line.node(), _ -> new Burst(1, Recency.ACTIVE)).add(line));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      failed.forEach((name, line) ->
          groups.add(
              Hit.of(Severity.CRITICAL, "fails its own checks", SERVER, line.evidence())
                  .detail("fails its own checks " + RuleText.list(failed.keySet()))));
      addRequests(facts, groups, failed.isEmpty());
      if (dials.size() >= 2) {
        dials.forEach((node, burst) -> groups.add(ofDials(node, burst)));
      }
      conclusion.found(
          groups,
          group ->
              "API server "
                  + (group.cause().startsWith("is unreachable")
                      ? "is unreachable from " + group.onNodes()
                      : group.detail()));
    };
  }

  private static Hit ofDials(String node, Burst burst) {
    var hit =
        Hit.of(Severity.CRITICAL, "is unreachable", SERVER)
            .and(burst.evidence())
            .node(node)
            .times(burst.total())
            .seen(burst.first(), burst.last());
    return burst.isWithin(Recency.ACTIVE, burst.newest().orElseThrow().read()) ? hit : hit.over();
  }

  /// @param silent true if the checks themselves name nothing
  private static void addRequests(Facts facts, HitGroups groups, boolean silent) {
    var requests = facts.requests();
    long own = 0;
    for (RequestStatistics.Row row : requests.refused()) {
      boolean health = row.url().startsWith("/readyz") || row.url().startsWith("/livez");
      if (health && row.status() >= SERVER_ERROR && silent) {
        groups.add(
            Hit.of(Severity.CRITICAL, "is not ready", SERVER, row.evidence())
                .detail("answers " + row.url() + " with status " + row.status()));
      }
      // Errors of kubelets come through the API server, and are none of it.
      boolean passed = row.url().contains("/proxy/") || row.url().contains("/log?");
      own += row.status() >= SERVER_ERROR && !passed && !health ? 1 : 0;
    }
    if (requests.total() > 0 && requests.count(0) == requests.total()) {
      var row = requests.refused().getFirst();
      groups.add(
          Hit.of(Severity.CRITICAL, "does not respond", SERVER, row.evidence())
              .times(requests.total())
              .detail(
                  "does not respond: "
                      + RuleText.count(requests.total(), "request")
                      + " without a response"));
    }
    addShare(facts, groups, requests.count(TOO_MANY), TOO_MANY, "throttles requests (429)");
    if (own > requests.total() * SHARE) {
      addShare(facts, groups, own, SERVER_ERROR, "returns server errors (5xx)");
    }
  }

  private static void addShare(
      Facts facts, HitGroups groups, long count, long least, String words) {
    var row =
        facts.requests().refused().stream().filter(each -> each.status() >= least).findFirst();
    if (count == 0 || row.isEmpty()) {
      return;
    }
    boolean many = count >= facts.requests().total() * SHARE;
    groups.add(
        Hit.of(many ? Severity.WARNING : Severity.INFO, words, SERVER, row.get().evidence())
            .times(count)
            .detail(
                words
                    + ": "
                    + count
                    + " of "
                    + RuleText.count(facts.requests().total(), "request")));
  }
}

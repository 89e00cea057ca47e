package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Burst;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Certificates;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.analyze.rules.support.Webhooks;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Expired or expiring certificates: those of kubelets, from their logs, metrics and requests, and
/// the CAs of webhooks and aggregated APIs, from the objects that contain them.
///
/// Certificates of the API server, of etcd and of Secrets are not in a bundle: they are known only
/// by the errors of their clients. No log contains the time zone of a node: its lines are read as
/// UTC.
final class CertificateExpiry extends Rule {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration WAITING = Duration.ofMinutes(10);
  private static final double THREE_DAYS = 72 * 3_600.0;
  private static final Set<String> SIGNERS =
      Set.of("kubernetes.io/kubelet-serving", "kubernetes.io/kube-apiserver-client-kubelet");
  private static final List<String> TEXTS =
      List.of(
          "x509: certificate has expired",
          "No valid client certificate",
          "currently active client certificate has expired");
  private static final Pattern METRIC =
      Pattern.compile(
          "^kubelet_certificate_manager_(client|server)_(ttl_seconds|expiration_renew_errors)"
              + "(?:\\{[^}]{0,200}\\})? (\\S{1,40})$");

  CertificateExpiry() {
    super(
        "certificate-expiry",
        Layer.CONTROL_PLANE,
        "Renew the certificate (kubeadm certs renew, or approve the pending requests), then"
            + " restart the component.",
        KUBERNETES + "tasks/administer-cluster/kubeadm/kubeadm-certs/",
        CheckInput.NODES,
        CheckInput.objects(
            "certificate signing requests",
            "certificatesigningrequests",
            "certificatesigningrequests.json"),
        CheckInput.objects(
            "validating webhooks",
            "validatingwebhookconfigurations",
            "validating-webhook-configurations.json"),
        CheckInput.objects(
            "mutating webhooks",
            "mutatingwebhookconfigurations",
            "mutating-webhook-configurations.json"));
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var soon = interests.thresholds().certificateExpiry();
    var lines = new TreeMap<String, Burst>();
    for (String paths :
        List.of("nodes/*/services/*", "cluster-resources/pods/logs/kube-system/kube-*/**")) {
      interests.lines(
          paths,
          TEXTS,
          String.join("|", TEXTS),
          line -> {
            if (isOwn(line.text())) {
              lines
                  .computeIfAbsent(component(line) + "\n" + line.node(), _ -> new Burst(1, HOUR))
                  .add(line);
            }
          });
    }
    var metrics = new TreeMap<String, Metric>();
    interests.lines(
        "nodes/*/kubelet/metrics.txt",
        List.of("kubelet_certificate_manager_"),
        "^kubelet_certificate_manager_",
        line -> addMetric(line, metrics));
    var hooks = new Webhooks(interests);
    var requests = new ArrayList<Hit>();
    interests.objects("certificatesigningrequests", seen -> addPending(seen, requests));
    var services = new ArrayList<Hit>();
    interests.objects("custom-resources", seen -> addService(seen, soon, services));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      lines.forEach((key, burst) -> groups.add(ofLines(key.split("\n", -1), burst)));
      var waiting = new HashSet<String>();
      requests.forEach(hit -> waiting.add(hit.detail()));
      metrics.values().forEach(metric -> metric.judge(waiting).ifPresent(groups::add));
      hooks.all().forEach(hook -> ofHook(hook, soon).ifPresent(groups::add));
      requests.forEach(groups::add);
      services.forEach(groups::add);
      facts.nodes().stream()
          .map(node -> node.name().name())
          .filter(name -> facts.below("nodes/" + name + "/kubelet/metrics.txt").isEmpty())
          .forEach(name -> conclusion.unknown("kubelet metrics of " + name + ": not collected"));
      conclusion.found(groups, CertificateExpiry::title);
    };
  }

  private static String title(HitGroup group) {
    if (group.cause().startsWith("request")) {
      return group.counted("certificate signing request")
          + " of kubelets pending ("
          + group.names()
          + ")";
    }
    var where = group.nodes().isEmpty() ? " (" + group.names() + ")" : " on " + group.onNodes();
    return "Certificate " + group.cause() + where;
  }

  /// Returns whether the line is about the node's own certificate: not a registry's, and not one
  /// that is not valid yet, which is a matter of clocks.
  private static boolean isOwn(String line) {
    return !line.contains("is before")
        && !line.contains("pull")
        && !line.contains("ErrImagePull")
        && !line.contains("registry");
  }

  private static String component(LogLine line) {
    if (line.text().contains("webhook")) {
      return "of a webhook has expired";
    }
    if (line.text().contains("client certificate")) {
      return "of the kubelet (client) has expired";
    }
    var file = line.path().substring(line.path().lastIndexOf('/') + 1);
    return "has expired, as reported by " + file.replaceAll("(-previous)?\\.log$", "");
  }

  private static Hit ofLines(String[] key, Burst burst) {
    var newest = burst.newest().orElseThrow();
    var hit =
        Hit.of(
                Severity.CRITICAL,
                key[0],
                key[1].isEmpty()
                    ? new ObjectName("file", "", newest.path())
                    : new ObjectName("Node", "", key[1]))
            .and(burst.evidence())
            .node(key[1])
            .times(burst.total())
            .seen(burst.first(), burst.last());
    // Before a rotation there are such lines as well.
    return burst.isWithin(HOUR, newest.read()) ? hit : hit.over();
  }

  /// A kubelet's metrics of one of its certificates.
  private static final class Metric {
    private final String node;
    private final String kind;
    private double left = Double.POSITIVE_INFINITY;
    private double errors;
    private Optional<Evidence> evidence = Optional.empty();

    Metric(String node, String kind) {
      this.node = node;
      this.kind = kind;
    }

    Optional<Hit> judge(Set<String> waiting) {
      boolean expired = left <= 0;
      boolean soon = left < THREE_DAYS && (errors > 0 || waiting.contains(node));
      if (!expired && !soon) {
        return Optional.empty();
      }
      return Optional.of(
          Hit.of(
                  expired ? Severity.CRITICAL : Severity.WARNING,
                  "of the kubelet ("
                      + kind
                      + (expired ? ") has expired" : ") expires within 3 days and is not renewed"),
                  new ObjectName("Node", "", node))
              .and(evidence)
              .node(node));
    }
  }

  private static void addMetric(LogLine line, Map<String, Metric> metrics) {
    var found = METRIC.matcher(line.text());
    if (!found.find()) {
      return;
    }
    double value = number(found.group(3));
    var metric =
        metrics.computeIfAbsent(
            line.node() + " " + found.group(1), _ -> new Metric(line.node(), found.group(1)));
    if (found.group(2).equals("ttl_seconds")) {
      metric.left = value;
      metric.evidence = Optional.of(line.evidence());
    } else {
      metric.errors = value;
    }
  }

  private static double number(String text) {
    try {
      return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    } catch (NumberFormatException _) {
      // A value that is no number gives no end.
      return Double.POSITIVE_INFINITY;
    }
  }

  private static Optional<Hit> ofHook(Webhooks.Webhook hook, Duration soon) {
    return end(hook.certificateEnd(), hook.read(), soon)
        .map(words ->
            Hit.of(
                    words.startsWith("expired") ? Severity.CRITICAL : Severity.WARNING,
                    "authority of a webhook " + words,
                    hook.name(),
                    hook.place())
                .seen(
                    words.startsWith("expired") ? hook.certificateEnd() : Optional.empty(),
                    Optional.empty()));
  }

  private static void addService(SourceObject seen, Duration soon, List<Hit> services) {
    if (!seen.path().endsWith("/apiservices.apiregistration.k8s.io.json")) {
      return;
    }
    var bundle = Fields.at(seen.tree(), "spec", "caBundle").asText("");
    end(Certificates.lastEnd(bundle), seen.at(), soon)
        .ifPresent(words ->
            services.add(
                Hit.of(
                    words.startsWith("expired") ? Severity.CRITICAL : Severity.WARNING,
                    "authority of an aggregated API " + words,
                    new ObjectName("APIService", "", seen.name()),
                    seen.evidence("APIService " + seen.name() + ", spec.caBundle"))));
  }

  /// The end in words, if it is past or near.
  private static Optional<String> end(Optional<Instant> end, Instant now, Duration soon) {
    if (end.isEmpty() || end.get().isAfter(now.plus(soon))) {
      return Optional.empty();
    }
    var days = Duration.between(now, end.get()).toDays();
    return Optional.of(
        end.get().isBefore(now) ? "expired" : "expires in " + RuleText.count(days, "day"));
  }

  private static void addPending(SourceObject seen, List<Hit> requests) {
    var tree = seen.tree();
    var signer = Fields.text(tree, "spec", "signerName");
    if (!SIGNERS.contains(signer)
        || !Fields.at(tree, "status", "conditions").isEmpty()
        || !Recency.isOlder(
            Fields.time(tree, "metadata", "creationTimestamp"), seen.at(), WAITING)) {
      return;
    }
    requests.add(
        Hit.of(
                Severity.WARNING,
                "request to " + signer,
                new ObjectName("CertificateSigningRequest", "", seen.name()),
                seen.evidence("request " + seen.name() + " to " + signer + ", no condition"))
            .detail(Fields.text(tree, "spec", "username").replace("system:node:", "")));
  }
}

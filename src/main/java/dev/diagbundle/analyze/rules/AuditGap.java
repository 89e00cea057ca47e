package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Gaps in the audit trail, judging by the flags of the API server's static pods and by its
/// metrics.
final class AuditGap extends Rule {
  private static final Pattern COUNTER =
      Pattern.compile(
          "^(apiserver_audit_error_total|apiserver_audit_requests_rejected_total)"
              + "(?:\\{[^}]{0,200}\\})? (\\S{1,40})$");

  AuditGap() {
    super(
        "audit-gap",
        Layer.HYGIENE,
        "Configure an audit policy and a persistent backend for the API server, or increase its"
            + " batch buffer size.",
        KUBERNETES + "tasks/debug/debug-cluster/audit/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var hits = new ArrayList<Hit>();
    var servers = new ArrayList<ObjectName>();
    interests.objects(
        "pods",
        seen -> {
          if (isServer(seen)) {
            servers.add(name(seen));
            look(seen, hits);
          }
        });
    var lost = new TreeMap<String, LogLine>();
    interests.lines(
        "api/metrics",
        List.of("apiserver_audit_"),
        "^apiserver_audit_(error|requests_rejected)_total",
        line -> {
          var counter = COUNTER.matcher(line.text());
          if (counter.find() && isMoreThanNothing(counter.group(2))) {
            lost.putIfAbsent(counter.group(1), line);
          }
        });
    return (facts, conclusion) -> {
      if (servers.isEmpty()) {
        conclusion.unknown("flags of the API server: none of its pods is visible");
      }
      var groups = HitGroups.byCause();
      hits.forEach(groups::add);
      lost.values()
          .forEach(line ->
              groups.add(
                  Hit.of(
                      Severity.WARNING,
                      "dropping events",
                      new ObjectName("API server", "", "kube-apiserver"),
                      line.evidence())));
      conclusion.found(groups, group -> "Audit trail " + group.cause());
    };
  }

  private static boolean isServer(SourceObject seen) {
    return seen.namespace().equals("kube-system")
        && (Fields.text(seen.tree(), "metadata", "labels", "component").equals("kube-apiserver")
            || seen.name().startsWith("kube-apiserver-"));
  }

  private static ObjectName name(SourceObject seen) {
    return new ObjectName("Pod", seen.namespace(), seen.name());
  }

  private static void look(SourceObject seen, List<Hit> hits) {
    for (var container : Fields.at(seen.tree(), "spec", "containers")) {
      var flags = flags(container);
      if (flags.isEmpty() || !Fields.text(container, "name").contains("apiserver")) {
        continue;
      }
      var log = flags.getOrDefault("audit-log-path", "");
      var webhook = flags.containsKey("audit-webhook-config-file");
      if (!flags.containsKey("audit-policy-file")) {
        add(seen, "off: no --audit-policy-file", hits);
      } else if (log.isEmpty() && !webhook) {
        add(seen, "off: policy without a log or webhook backend", hits);
      } else if (log.startsWith("/") && !isKept(seen.tree(), container, log)) {
        add(seen, "not persistent: --audit-log-path is not on a host volume", hits);
      }
      if (flags.getOrDefault("audit-webhook-mode", "").equals("blocking-strict")) {
        add(seen, "blocks requests: --audit-webhook-mode=blocking-strict", hits);
      }
    }
  }

  private static void add(SourceObject seen, String cause, List<Hit> hits) {
    hits.add(
        Hit.of(
            Severity.INFO,
            cause,
            name(seen),
            seen.evidence("pod " + seen.namespace() + "/" + seen.name(), cause)));
  }

  /// The flags of the command line, without their dashes.
  private static Map<String, String> flags(JsonNode container) {
    var flags = new HashMap<String, String>();
    for (String part : List.of("command", "args")) {
      for (var word : container.path(part)) {
        var text = Fields.text(word);
        int equals = text.indexOf('=');
        if (text.startsWith("--") && equals > 0) {
          flags.put(text.substring(2, equals), text.substring(equals + 1));
        }
      }
    }
    return flags;
  }

  /// Returns whether the file is in a volume that outlives the container.
  private static boolean isKept(JsonNode pod, JsonNode container, String file) {
    for (var mount : container.path("volumeMounts")) {
      var folder = Fields.text(mount, "mountPath");
      boolean below = file.equals(folder) || file.startsWith(folder + "/");
      for (var volume : Fields.at(pod, "spec", "volumes")) {
        if (below
            && Fields.text(volume, "name").equals(Fields.text(mount, "name"))
            && (volume.has("hostPath") || volume.has("persistentVolumeClaim"))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isMoreThanNothing(String number) {
    try {
      return Double.parseDouble(number) > 0;
    } catch (NumberFormatException _) {
      return false;
    }
  }
}

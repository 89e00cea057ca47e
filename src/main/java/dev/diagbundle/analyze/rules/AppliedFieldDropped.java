package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Applied fields that are missing from the live object, usually because of a typo.
///
/// It compares with the annotation of kubectl apply, which a collection takes out where it holds
/// variables or data; an apply on the server's side leaves none. So it is clear only if each object
/// with variables has one.
final class AppliedFieldDropped extends Rule {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
  private static final int MAX_LENGTH = 1 << 20;
  private static final int MAX_DEPTH = 40;
  private static final int MAX_PER_OBJECT = 20;
  private static final int MAX_HITS = 1_000;
  private static final int NEAR = 2;
  private static final Map<String, String> KINDS =
      Map.of(
          "pods", "Pod",
          "deployments", "Deployment",
          "statefulsets", "StatefulSet",
          "daemonsets", "DaemonSet",
          "jobs", "Job",
          "cronjobs", "CronJob",
          "services", "Service",
          "ingress", "Ingress",
          "pvcs", "PersistentVolumeClaim",
          "network-policy", "NetworkPolicy");

  /// Fields of pods, containers, workloads and Services that people write by hand.
  private static final Set<String> KNOWN =
      Set.of(
          "activeDeadlineSeconds",
          "affinity",
          "args",
          "automountServiceAccountToken",
          "backoffLimit",
          "command",
          "concurrencyPolicy",
          "containerPort",
          "containers",
          "dnsConfig",
          "dnsPolicy",
          "env",
          "envFrom",
          "failureThreshold",
          "hostAliases",
          "hostNetwork",
          "image",
          "imagePullPolicy",
          "imagePullSecrets",
          "initContainers",
          "initialDelaySeconds",
          "lifecycle",
          "limits",
          "livenessProbe",
          "minReadySeconds",
          "mountPath",
          "nodePort",
          "nodeSelector",
          "periodSeconds",
          "podManagementPolicy",
          "ports",
          "priorityClassName",
          "progressDeadlineSeconds",
          "protocol",
          "readOnly",
          "readinessProbe",
          "replicas",
          "requests",
          "resources",
          "restartPolicy",
          "revisionHistoryLimit",
          "schedule",
          "securityContext",
          "selector",
          "serviceAccountName",
          "serviceName",
          "startingDeadlineSeconds",
          "startupProbe",
          "storageClassName",
          "strategy",
          "subPath",
          "suspend",
          "targetPort",
          "template",
          "terminationGracePeriodSeconds",
          "terminationMessagePolicy",
          "timeZone",
          "timeoutSeconds",
          "tolerations",
          "topologySpreadConstraints",
          "updateStrategy",
          "volumeClaimTemplates",
          "volumeMounts",
          "volumes",
          "workingDir");

  AppliedFieldDropped() {
    super(
        "applied-field-dropped",
        Layer.HYGIENE,
        "Correct the field name and apply again with --validate=strict.",
        KUBERNETES + "tasks/debug/debug-application/debug-pods/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var hits = new ArrayList<Hit>();
    var gaps = new TreeMap<String, Integer>();
    KINDS.forEach((folder, kind) ->
        interests.objects(
            folder,
            seen -> {
              var gap = look(seen, kind, hits);
              gap.ifPresent(words -> gaps.merge(words, 1, Integer::sum));
            }));
    return (facts, conclusion) -> {
      gaps.forEach((words, count) -> conclusion.unknown(RuleText.count(count, "object") + words));
      var groups = HitGroups.byCause();
      hits.forEach(groups::add);
      conclusion.found(
          groups,
          group ->
              (group.count() == 1
                      ? group.owners().getFirst().toString()
                      : group.counted("object") + " (" + group.names() + ")")
                  + ": applied field "
                  + group.cause().substring(group.cause().indexOf(' ') + 1)
                  + " is not in the live object"
                  + group.detail());
    };
  }

  /// @return the part that could not be compared; empty if there is none
  private static Optional<String> look(SourceObject seen, String kind, List<Hit> hits) {
    var annotation = Fields.at(seen.tree(), "metadata", "annotations", APPLIED);
    if (!annotation.isTextual()) {
      return hasVariables(seen.tree(), 0)
          ? Optional.of(" with environment variables but without the applied configuration")
          : Optional.empty();
    }
    var applied = read(annotation.asText());
    if (applied.isEmpty()) {
      return Optional.of(" whose applied configuration was redacted or truncated");
    }
    var dropped = new ArrayList<String>();
    for (String part : List.of("spec", "data")) {
      compare(applied.get().path(part), seen.tree().path(part), part, dropped, 0);
    }
    var name = new ObjectName(kind, seen.namespace(), seen.name());
    for (String path : dropped) {
      if (hits.size() < MAX_HITS) {
        hits.add(hit(seen, kind, name, path));
      }
    }
    return Optional.empty();
  }

  private static Hit hit(SourceObject seen, String kind, ObjectName name, String path) {
    var field = path.substring(path.lastIndexOf('.') + 1);
    var near =
        KNOWN.stream()
            .filter(
                known -> !known.equals(field) && Math.abs(known.length() - field.length()) <= NEAR)
            .filter(known -> field.length() < 60 && known.length() > NEAR + 1)
            .filter(known -> ServiceNoEndpoints.distance(known, field) <= NEAR)
            .sorted()
            .findFirst();
    return Hit.of(
            near.isPresent() ? Severity.WARNING : Severity.INFO,
            kind + " " + RuleText.cut(path, 200),
            name,
            seen.evidence(name.toString(), "applied: " + path, "live: absent"))
        .detail(near.map(known -> "; did you mean " + known + "?").orElse(""));
  }

  private static Optional<JsonNode> read(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }

  private static void compare(
      JsonNode applied, JsonNode live, String path, List<String> dropped, int depth) {
    if (depth > MAX_DEPTH || dropped.size() >= MAX_PER_OBJECT) {
      return;
    }
    for (var field : applied.properties()) {
      var own = live.path(field.getKey());
      var below = path + "." + field.getKey();
      if (own.isMissingNode()) {
        if (!isNothing(field.getValue())) {
          dropped.add(below);
        }
      } else {
        compare(field.getValue(), own, below, dropped, depth + 1);
      }
    }
    for (int i = 0; applied.isArray() && i < applied.size(); i++) {
      var each = applied.get(i);
      var name = Fields.text(each, "name");
      var own = name.isEmpty() ? live.path(i) : named(live, name);
      if (own.isObject()) {
        var label = name.isEmpty() ? Integer.toString(i) : name;
        compare(each, own, path + "[" + label + "]", dropped, depth + 1);
      }
    }
  }

  private static JsonNode named(JsonNode list, String name) {
    for (var each : list) {
      if (Fields.text(each, "name").equals(name)) {
        return each;
      }
    }
    return list.path(-1);
  }

  /// Returns whether the value is left out of a written object: null, 0, false and empty values.
  private static boolean isNothing(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isTextual() && value.asText().isEmpty())
        || (value.isBoolean() && !value.asBoolean())
        || (value.isNumber() && value.asDouble() == 0);
  }

  private static boolean hasVariables(JsonNode tree, int depth) {
    if (depth > MAX_DEPTH) {
      return false;
    }
    for (var each : tree) {
      if (each.has("env") || hasVariables(each, depth + 1)) {
        return true;
      }
    }
    return false;
  }
}

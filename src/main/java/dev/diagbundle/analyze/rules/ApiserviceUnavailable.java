package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Aggregated APIs whose server does not respond, and a missing metrics API.
final class ApiserviceUnavailable extends Rule {
  private static final String METRICS = "metrics.k8s.io";
  private static final CheckInput GROUPS =
      new CheckInput("API groups", "clusterDump/(discovery)", "cluster-resources/groups.json");

  ApiserviceUnavailable() {
    super(
        "apiservice-unavailable",
        Layer.CLUSTER_SERVICE,
        "Fix or remove the Service or the APIService; install metrics-server if its metrics are"
            + " needed.",
        KUBERNETES + "tasks/extend-kubernetes/configure-aggregation-layer/",
        CheckInput.objects(
            "API services",
            "apiservices",
            "custom-resources/apiservices.apiregistration.k8s.io.json"));
  }

  private record Broken(
      String name,
      ObjectName service,
      String reason,
      PodFact.Condition condition,
      Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    var broken = new ArrayList<Broken>();
    var served = new HashSet<String>();
    var hanging = new TreeSet<String>();
    var scalers = new TreeMap<ObjectName, Set<String>>();
    interests.objects(
        "custom-resources",
        seen -> {
          if (seen.path().endsWith("/apiservices.apiregistration.k8s.io.json")) {
            served.add(Fields.text(seen.tree(), "spec", "group"));
            addBroken(seen, broken);
          }
        });
    interests.objects("groups", seen -> served.add(Fields.text(seen.tree(), "name")));
    interests.objects(
        "namespaces",
        seen -> {
          var stuck = Fields.condition(seen.tree(), "NamespaceDeletionDiscoveryFailure");
          if (Fields.text(stuck, "status").equals("True")) {
            hanging.add(seen.name());
          }
        });
    interests.objects(
        "custom-resources/horizontalpodautoscalers.autoscaling",
        seen ->
            scalers.put(
                new ObjectName("HorizontalPodAutoscaler", seen.namespace(), seen.name()),
                groups(seen.tree())));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (Broken each : broken) {
        groups.add(hit(each, hanging));
        var group = each.name.substring(each.name.indexOf('.') + 1);
        // Autoscalers that wait for its metrics fold below it.
        scalers.forEach((scaler, wanted) -> {
          if (wanted.contains(group)) {
            groups.add(hit(each, hanging).owner(scaler).times(0));
          }
        });
      }
      // Only a list that was read proves that something is not in it.
      if (!served.isEmpty() && !served.contains(METRICS)) {
        addMetrics(scalers, groups);
      }
      conclusion.found(
          groups,
          group ->
              group.cause().equals(METRICS)
                  ? "The metrics API is not installed" + group.detail()
                  : group.counted("aggregated API")
                      + " unavailable ("
                      + group.names()
                      + ")"
                      + group.detail());
    };
  }

  private static void addBroken(SourceObject seen, List<Broken> broken) {
    var condition = Workload.condition(seen.tree(), "Available");
    if (condition.isTrue()) {
      return;
    }
    var service = Fields.at(seen.tree(), "spec", "service");
    broken.add(
        new Broken(
            seen.name(),
            service.isObject()
                ? new ObjectName(
                    "Service", Fields.text(service, "namespace"), Fields.text(service, "name"))
                : ObjectName.NONE,
            condition.reason(),
            condition,
            seen.evidence(
                "APIService " + seen.name() + ", Available " + condition.status(),
                condition.reason() + " " + condition.message())));
  }

  private static Hit hit(Broken each, Set<String> hanging) {
    var name = new ObjectName("APIService", "", each.name);
    return Hit.of(
            hanging.isEmpty() ? Severity.WARNING : Severity.CRITICAL,
            each.service.toString(),
            name,
            each.place)
        .owner(each.service.equals(ObjectName.NONE) ? name : each.service)
        .seen(each.condition.since(), Optional.empty())
        .detail(
            ": "
                + (each.reason.isEmpty() ? "no condition Available" : each.reason)
                + (each.service.equals(ObjectName.NONE) ? "" : " of " + each.service)
                + (hanging.isEmpty()
                    ? ""
                    : "; namespaces cannot be deleted: " + RuleText.list(hanging)));
  }

  private static void addMetrics(Map<ObjectName, Set<String>> scalers, HitGroups groups) {
    var waiting =
        scalers.entrySet().stream()
            .filter(entry -> entry.getValue().contains(METRICS))
            .map(Map.Entry::getKey)
            .toList();
    var name = new ObjectName("APIService", "", "v1beta1." + METRICS);
    var hit =
        Hit.of(
                waiting.isEmpty() ? Severity.INFO : Severity.WARNING,
                METRICS,
                name,
                new Evidence(GROUPS.path(), 0, 0, List.of("no API group " + METRICS)))
            .detail(
                waiting.isEmpty()
                    ? ""
                    : ", and "
                        + RuleText.count(waiting.size(), "HorizontalPodAutoscaler")
                        + (waiting.size() == 1 ? " waits" : " wait")
                        + " for it");
    groups.add(hit);
    waiting.forEach(scaler -> groups.add(hit.owner(scaler).times(0)));
  }

  /// The groups of metrics that an autoscaler uses.
  private static Set<String> groups(JsonNode scaler) {
    var groups = new HashSet<String>();
    for (var metric : Fields.at(scaler, "spec", "metrics")) {
      groups.add(
          switch (Fields.text(metric, "type")) {
            case "Resource", "ContainerResource" -> METRICS;
            case "External" -> "external." + METRICS;
            default -> "custom." + METRICS;
          });
    }
    return groups;
  }
}

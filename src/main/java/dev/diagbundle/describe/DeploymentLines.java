package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Collectors;

/// The description of a Deployment.
final class DeploymentLines {
  private DeploymentLines() {}

  static void render(TabbedText text, JsonNode deployment, Relations relations, Viewpoint viewpoint)
      throws IOException {
    var spec = deployment.path("spec");
    WorkloadLines.name(text, deployment);
    WorkloadLines.created(text, deployment, viewpoint);
    WorkloadLines.labelsAndAnnotations(text, deployment);
    text.line(0, "Selector:", SelectorText.of(spec.path("selector")));
    text.line(0, "Replicas:", replicas(deployment));
    text.line(0, "StrategyType:", JsonFields.text(spec, "strategy", "type"));
    text.line(0, "MinReadySeconds:", String.valueOf(JsonFields.number(spec, "minReadySeconds")));
    if (JsonFields.has(spec, "strategy", "rollingUpdate")) {
      var update = JsonFields.at(spec, "strategy", "rollingUpdate");
      text.line(
          0,
          "RollingUpdateStrategy:",
          amount(update, "maxUnavailable")
              + " max unavailable, "
              + amount(update, "maxSurge")
              + " max surge");
    }
    PodTemplateLines.render(text, spec.path("template"), viewpoint);
    WorkloadLines.conditions(text, deployment);
    replicaSets(text, deployment, relations);
  }

  private static String replicas(JsonNode deployment) {
    var status = deployment.path("status");
    return "%d desired | %d updated | %d total | %d available | %d unavailable"
        .formatted(
            JsonFields.number(deployment, "spec", "replicas"),
            JsonFields.number(status, "updatedReplicas"),
            JsonFields.number(status, "replicas"),
            JsonFields.number(status, "availableReplicas"),
            JsonFields.number(status, "unavailableReplicas"));
  }

  private static String amount(JsonNode update, String field) {
    return JsonFields.has(update, field) ? JsonFields.text(update, field) : "<nil>";
  }

  /// The new replica set is the oldest one that has the Deployment's template.
  private static void replicaSets(TabbedText text, JsonNode deployment, Relations relations)
      throws IOException {
    var sets = relations.replicaSetsOf(deployment);
    if (sets.isEmpty()) {
      return;
    }
    var template = relations.templateOf(deployment);
    Optional<DescribedReplicaSet> current =
        sets.stream().filter(set -> set.template().equals(template)).findFirst();
    var old =
        sets.stream()
            .filter(set -> !current.equals(Optional.of(set)))
            .map(DescribedReplicaSet::toString)
            .collect(Collectors.joining(", "));
    text.line(0, "OldReplicaSets:", old.isEmpty() ? "<none>" : old);
    text.line(0, "NewReplicaSet:", current.map(DescribedReplicaSet::toString).orElse("<none>"));
  }
}

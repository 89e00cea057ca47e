package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;

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
    text.line(0, "StrategyType:", TypedFields.text(spec, "strategy", "type"));
    text.line(0, "MinReadySeconds:", String.valueOf(TypedFields.number(spec, "minReadySeconds")));
    if (TypedFields.has(spec, "strategy", "rollingUpdate")) {
      var update = TypedFields.at(spec, "strategy", "rollingUpdate");
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
            TypedFields.number(deployment, "spec", "replicas"),
            TypedFields.number(status, "updatedReplicas"),
            TypedFields.number(status, "replicas"),
            TypedFields.number(status, "availableReplicas"),
            TypedFields.number(status, "unavailableReplicas"));
  }

  private static String amount(JsonNode update, String field) {
    return TypedFields.has(update, field) ? TypedFields.text(update, field) : "<nil>";
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

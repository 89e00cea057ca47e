package dev.diagbundle.profile.load;

import static dev.diagbundle.profile.load.ProfileFormat.listOf;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ContainerSelection;
import dev.diagbundle.profile.ContainerState;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ItemSpec.Common;
import dev.diagbundle.profile.PodSelection;
import dev.diagbundle.profile.WorkloadName;
import java.util.Collection;
import java.util.regex.Pattern;

/// The item kind `podLogs`: its keys, and their reading and writing.
final class PodLogsKind {
  static final String DESCRIPTION =
      "Logs of containers. Broken pods come first. A log that two items ask for is read once, as"
          + " the one that asks for more would have it.";

  static final List<Shape.Key> KEYS =
      List.of(
          Shape.Key.optional("namespaces", ProfileFormat.NAME_GLOBS, "Globs over namespaces.")
              .withFallback("all namespaces"),
          Shape.Key.optional(
              "excludeNamespaces", ProfileFormat.NAME_GLOBS, "Globs over namespaces to leave out."),
          Shape.Key.optional(
                  "selector", new Shape.Text(TextForm.SELECTOR), "A label selector over pods.")
              .withFallback("all pods"),
          Shape.Key.optional(
              "fieldSelector",
              new Shape.Text(PodTextForms.FIELD_SELECTOR),
              "A field selector over pods: metadata.name, metadata.namespace, spec.nodeName and"
                  + " status.phase."),
          Shape.Key.optional(
              "workloads",
              listOf(PodTextForms.WORKLOAD),
              "Only pods of these, as kind/name: pod, deployment, replicaset, statefulset,"
                  + " daemonset, job, cronjob, replicationcontroller, service."),
          regex("pods", "is found in the names of the pods."),
          regex("excludePods", "is not found in the names of the pods."),
          regex("containers", "is found in the names of the containers."),
          regex("excludeContainers", "is not found in the names of the containers."),
          Shape.Key.optional("init", new Shape.Flag(), "Whether init containers are meant too.")
              .withFallback("true"),
          Shape.Key.optional(
                  "ephemeral", new Shape.Flag(), "Whether ephemeral containers are meant too.")
              .withFallback("true"),
          Shape.Key.optional(
                  "states",
                  listOf(PodTextForms.CONTAINER_STATE),
                  "Only containers in one of these states: running, waiting, terminated, or all.")
              .withFallback("all"),
          Shape.Key.optional(
                  "previous", new Shape.Flag(), "Also the log of a restarted container's last run.")
              .withFallback("false"),
          Shape.Key.optional(
                  "rotated",
                  new Shape.Flag(),
                  "Also the files that the node keeps of each log, rotated and compressed"
                      + " ones included. Needs nodes/proxy.")
              .withFallback("false"),
          Shape.Key.optional(
                  "tailLines",
                  new Shape.WholeNumber(1, 10_000_000),
                  "Maximum lines from the end of each log. Files that rotated brings"
                      + " are not cut by it.")
              .withFallback("the whole window"));

  private PodLogsKind() {}

  private static Shape.Key regex(String name, String rest) {
    return Shape.Key.optional(
        name, new Shape.Text(TextForm.REGEX), "A regular expression that " + rest);
  }

  static ItemSpec bind(Common common, MappingValues keys) {
    return new ItemSpec.PodLogs(
        common,
        new PodSelection(
            keys.globs("namespaces"),
            keys.globs("excludeNamespaces"),
            keys.text("selector"),
            keys.text("fieldSelector"),
            keys.regex("pods"),
            keys.regex("excludePods"),
            keys.texts("workloads").stream()
                .flatMap(text -> WorkloadName.parse(text).stream())
                .toList()),
        new ContainerSelection(
            keys.regex("containers"),
            keys.regex("excludeContainers"),
            keys.flag("init", true),
            keys.flag("ephemeral", true),
            states(keys.texts("states"))),
        keys.flag("previous"),
        keys.flag("rotated"),
        keys.number("tailLines"));
  }

  private static Set<ContainerState> states(List<String> labels) {
    if (labels.isEmpty() || labels.contains(PodTextForms.ALL_STATES)) {
      return Set.of(ContainerState.values());
    }
    return labels.stream().map(ContainerState::ofLabel).collect(Collectors.toSet());
  }

  static void write(ObjectNode keys, ItemSpec.PodLogs logs) {
    var pods = logs.pods();
    list(keys, "namespaces", pods.namespaces().stream().map(Glob::pattern).toList());
    list(keys, "excludeNamespaces", pods.excludedNamespaces().stream().map(Glob::pattern).toList());
    pods.selector().ifPresent(selector -> keys.put("selector", selector));
    pods.fieldSelector().ifPresent(selector -> keys.put("fieldSelector", selector));
    list(keys, "workloads", pods.workloads().stream().map(WorkloadName::toString).toList());
    pods.names().map(Pattern::pattern).ifPresent(regex -> keys.put("pods", regex));
    pods.excludedNames().map(Pattern::pattern).ifPresent(regex -> keys.put("excludePods", regex));
    var containers = logs.containers();
    containers.names().map(Pattern::pattern).ifPresent(regex -> keys.put("containers", regex));
    containers
        .excludedNames()
        .map(Pattern::pattern)
        .ifPresent(regex -> keys.put("excludeContainers", regex));
    if (!containers.init()) {
      keys.put("init", false);
    }
    if (!containers.ephemeral()) {
      keys.put("ephemeral", false);
    }
    if (!containers.anyState()) {
      list(
          keys,
          "states",
          Stream.of(ContainerState.values())
              .filter(containers.states()::contains)
              .map(ContainerState::label)
              .toList());
    }
    keys.put("previous", logs.previous());
    keys.put("rotated", logs.rotated());
    logs.tailLines().ifPresent(lines -> keys.put("tailLines", lines));
  }

  private static void list(ObjectNode parent, String key, Collection<String> texts) {
    if (!texts.isEmpty()) {
      var array = parent.putArray(key);
      texts.forEach(array::add);
    }
  }
}

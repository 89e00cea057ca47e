package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.PodFieldSelector;
import dev.diagbundle.profile.ContainerState;
import dev.diagbundle.profile.WorkloadName;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.Violation;

/// The forms of text that select pods and containers.
final class PodTextForms {
  static final String ALL_STATES = "all";

  private static final List<String> STATES =
      Stream.concat(
              Stream.of(ContainerState.values()).map(ContainerState::label), Stream.of(ALL_STATES))
          .toList();

  static final TextForm FIELD_SELECTOR =
      new TextForm(
          "a field selector such as status.phase=Failed",
          "status.phase!=Succeeded",
          "^.*\\S.*$",
          1_024,
          false,
          text ->
              PodFieldSelector.parse(text).isPresent()
                  ? Optional.empty()
                  : Violation.of(
                      "invalid field selector " + Quoted.text(text),
                      "fields: " + String.join(", ", PodFieldSelector.FIELDS)));

  static final TextForm WORKLOAD =
      new TextForm(
          "a workload such as deployment/web",
          "deployment/web",
          "^[a-z]+/[a-z0-9]([a-z0-9.-]*[a-z0-9])?$",
          300,
          false,
          text ->
              WorkloadName.parse(text).isPresent()
                  ? Optional.empty()
                  : Violation.of(
                      "expected a workload such as deployment/web, got " + Quoted.text(text),
                      "kinds: pod, deployment, replicaset, statefulset, daemonset, job, cronjob,"
                          + " replicationcontroller, service"));

  static final TextForm CONTAINER_STATE =
      new TextForm(
          "a container state such as running",
          "running",
          STATES.stream().collect(Collectors.joining("|", "^(", ")$")),
          20,
          false,
          text ->
              STATES.contains(text)
                  ? Optional.empty()
                  : Violation.of(
                      "unknown container state "
                          + Quoted.text(text)
                          + Suggestion.question(text, STATES),
                      "states: " + String.join(", ", STATES)));

  private PodTextForms() {}
}

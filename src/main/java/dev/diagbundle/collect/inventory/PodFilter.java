package dev.diagbundle.collect.inventory;

import module java.base;

import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.PodFieldSelector;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.WorkloadName;
import java.util.regex.Pattern;

/// The filter of the pods and containers that an item requests.
public final class PodFilter {
  private final ItemSpec.PodLogs spec;
  private final Predicate<String> nodes;
  private final List<Predicate<String>> namespaces;
  private final List<Predicate<String>> excluded;
  private final Optional<LabelSelector> selector;
  private final Optional<PodFieldSelector> fields;
  private final ServiceSelectors services;

  /// @param nodes test for the names of the item's nodes; the empty name stands for pods without a
  ///   node
  public PodFilter(ItemSpec.PodLogs spec, Predicate<String> nodes) {
    this.spec = spec;
    this.nodes = nodes;
    this.namespaces = matchers(spec.pods().namespaces());
    this.excluded = matchers(spec.pods().excludedNamespaces());
    this.selector = spec.pods().selector().flatMap(LabelSelector::parse);
    this.fields = spec.pods().fieldSelector().flatMap(PodFieldSelector::parse);
    this.services =
        new ServiceSelectors(
            spec.pods().workloads().stream()
                .filter(workload -> workload.kind().equals("Service"))
                .map(WorkloadName::name)
                .toList());
  }

  private static List<Predicate<String>> matchers(List<Glob> globs) {
    return globs.stream().map(Glob::matcher).toList();
  }

  public ItemSpec.PodLogs spec() {
    return spec;
  }

  /// The services whose pods are requested: their selectors have to be read first.
  public ServiceSelectors services() {
    return services;
  }

  public boolean wants(PodSummary pod) {
    return wants(pod.namespace(), pod.name())
        && nodes.test(pod.node())
        && selector.map(one -> one.matches(pod.labels())).orElse(true)
        && fields.map(one -> one.matches(pod.fields())).orElse(true)
        && (spec.pods().workloads().isEmpty()
            || spec.pods().workloads().stream().anyMatch(one -> belongs(pod, one)));
  }

  public boolean wants(PodSummary pod, PodSummary.ContainerFacts container) {
    return wants(pod) && wantsContainer(container);
  }

  /// Returns whether pods can be selected of which only the names are known.
  public boolean needsNoLabels() {
    return selector.isEmpty()
        && fields.isEmpty()
        && spec.pods().workloads().isEmpty()
        && spec.containers().anyState();
  }

  /// Returns whether the selection reads the labels of pods, which otherwise need not be kept.
  boolean readsLabels() {
    return selector.isPresent() || !spec.pods().workloads().isEmpty();
  }

  /// Returns whether the item requests this pod, as far as its names show.
  public boolean wants(String namespace, String pod) {
    return wantsNamespace(namespace)
        && isFound(spec.pods().names(), pod, true)
        && !isFound(spec.pods().excludedNames(), pod, false);
  }

  public boolean wantsNamespace(String namespace) {
    return (namespaces.isEmpty() || namespaces.stream().anyMatch(name -> name.test(namespace)))
        && excluded.stream().noneMatch(name -> name.test(namespace));
  }

  public boolean wantsContainer(PodSummary.ContainerFacts container) {
    var choice = spec.containers();
    boolean wantsPart =
        switch (container.part()) {
          case INIT -> choice.init();
          case MAIN -> true;
          case EPHEMERAL -> choice.ephemeral();
        };
    return wantsPart
        && (choice.anyState() || container.state().map(choice.states()::contains).orElse(false))
        && wantsContainer(container.name());
  }

  public boolean wantsContainer(String container) {
    return isFound(spec.containers().names(), container, true)
        && !isFound(spec.containers().excludedNames(), container, false);
  }

  private static boolean isFound(Optional<Pattern> pattern, String text, boolean without) {
    return pattern.map(regex -> regex.matcher(text).find()).orElse(without);
  }

  private boolean belongs(PodSummary pod, WorkloadName workload) {
    var owner = pod.owner();
    var name = workload.name();
    return switch (workload.kind()) {
      case "Pod" -> pod.name().equals(name);
      case "Service" -> services.select(name, pod);
      // A Deployment names its ReplicaSets after itself and the hash of their pods
      // (`pkg/controller/deployment/sync.go`), so that they need not be listed.
      case "Deployment" ->
          owner.kind().equals("ReplicaSet")
              && owner
                  .name(pod.name())
                  .equals(name + "-" + label(pod.labels(), "pod-template-hash"));
      // A CronJob names its Jobs after itself and the minute (`pkg/controller/cronjob/utils.go`).
      case "CronJob" ->
          owner.kind().equals("Job")
              && owner.name(pod.name()).startsWith(name + "-")
              && owner.name(pod.name()).substring(name.length() + 1).matches("[0-9]{1,12}");
      default -> owner.kind().equals(workload.kind()) && owner.name(pod.name()).equals(name);
    };
  }

  private static String label(Map<String, String> labels, String key) {
    return labels.getOrDefault(key, "");
  }
}

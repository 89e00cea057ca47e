package dev.diagbundle.collect;

import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.profile.ItemSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Which pods and containers an item asks for.
final class PodChoice {
  private final ItemSpec.PodLogs spec;
  private final List<Predicate<String>> namespaces;
  private final Optional<LabelSelector> selector;

  PodChoice(ItemSpec.PodLogs spec) {
    this.spec = spec;
    this.namespaces = spec.namespaces().stream().map(Glob::matcher).toList();
    this.selector = spec.selector().flatMap(LabelSelector::parse);
  }

  boolean wants(PodFacts pod) {
    return wants(pod.namespace(), pod.name())
        && (selector.isEmpty() || selector.get().matches(pod.labels()));
  }

  /// Whether pods can be chosen of which no more is known than their names.
  boolean needsNoLabels() {
    return spec.selector().isEmpty();
  }

  /// Whether the item asks for this pod, as far as its names tell.
  boolean wants(String namespace, String pod) {
    return (namespaces.isEmpty() || namespaces.stream().anyMatch(name -> name.test(namespace)))
        && (spec.pods().isEmpty() || spec.pods().get().matcher(pod).find());
  }

  boolean wantsContainer(String container) {
    return spec.containers().isEmpty() || spec.containers().get().matcher(container).find();
  }
}

package dev.diagbundle.collect;

import java.util.Comparator;

/// In which order the logs of pods are asked for, as the run may end before all are read: broken
/// pods first, then those of the system, then the newest.
final class PodOrder implements Comparator<PodFacts> {
  private static final Comparator<PodFacts> ORDER =
      Comparator.comparing((PodFacts pod) -> !pod.isBroken())
          .thenComparing(pod -> !isOfSystem(pod.namespace()))
          .thenComparing(Comparator.comparingLong(PodFacts::created).reversed());

  @Override
  public int compare(PodFacts one, PodFacts other) {
    return ORDER.compare(one, other);
  }

  private static boolean isOfSystem(String namespace) {
    return namespace.startsWith("kube-")
        || namespace.startsWith("openshift-")
        || namespace.endsWith("-system");
  }
}

package dev.diagbundle.collect.source;

import dev.diagbundle.collect.inventory.PodSummary;
import java.util.Comparator;

/// The order in which the logs of pods are requested, as the run may end before all are read:
/// broken pods first, then those of the system, then the newest.
final class PodOrder implements Comparator<PodSummary> {
  private static final Comparator<PodSummary> ORDER =
      Comparator.comparing((PodSummary pod) -> !pod.isBroken())
          .thenComparing(pod -> !isOfSystem(pod.namespace()))
          .thenComparing(Comparator.comparingLong(PodSummary::created).reversed());

  @Override
  public int compare(PodSummary one, PodSummary other) {
    return ORDER.compare(one, other);
  }

  private static boolean isOfSystem(String namespace) {
    return namespace.startsWith("kube-")
        || namespace.startsWith("openshift-")
        || namespace.endsWith("-system");
  }
}

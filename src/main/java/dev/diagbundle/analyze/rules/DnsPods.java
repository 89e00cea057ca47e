package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.PodFact;
import java.util.Set;

/// The pods that answer the cluster's DNS questions.
final class DnsPods {
  private static final Set<String> APPS = Set.of("kube-dns", "coredns", "node-local-dns");

  private DnsPods() {}

  static boolean is(PodFact pod) {
    return APPS.contains(pod.labels().getOrDefault("k8s-app", ""))
        || pod.labels().containsKey("dns.operator.openshift.io/daemonset-dns");
  }
}

package dev.diagbundle.analyze.rules.support;

import dev.diagbundle.analyze.facts.PodFact;
import java.util.Set;

/// The pods that serve cluster DNS.
public final class DnsPods {
  private static final Set<String> APPS = Set.of("kube-dns", "coredns", "node-local-dns");

  private DnsPods() {}

  public static boolean is(PodFact pod) {
    return APPS.contains(pod.labels().getOrDefault("k8s-app", ""))
        || pod.labels().containsKey("dns.operator.openshift.io/daemonset-dns");
  }
}

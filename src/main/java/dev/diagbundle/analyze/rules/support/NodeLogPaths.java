package dev.diagbundle.analyze.rules.support;

/// Where the logs of nodes' services stand in a bundle.
public final class NodeLogPaths {
  /// Of the kubelet: asked of the service log, or copied from the log folder (Windows). Some
  /// distributions run it inside a service of theirs.
  public static final String KUBELET =
      "nodes/*/{services/kubelet.log,services/k3s*.log,services/rke2*.log"
          + ",files/kubelet*.log,files/kubelet/*}";

  /// Of kube-proxy outside of pods.
  public static final String KUBE_PROXY =
      "nodes/*/{services/kube-proxy.log,files/kube-proxy*.log,files/kube-proxy/*}";

  /// Of the kernel and of everything else that a node writes.
  public static final String KERNEL =
      "nodes/*/{services/kernel.log,files/kern.log,files/messages,files/syslog,files/dmesg}";

  private NodeLogPaths() {}
}

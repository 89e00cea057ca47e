package dev.diagbundle.analyze.rules.support;

/// The paths of service logs of nodes in a bundle.
public final class NodeLogPaths {
  /// Logs of the kubelet: from the log query, or copied from the log folder (Windows). Some
  /// distributions run it inside a service of their own.
  public static final String KUBELET =
      "nodes/*/{services/kubelet.log,services/k3s*.log,services/rke2*.log"
          + ",files/kubelet*.log,files/kubelet/*}";

  /// Logs of kube-proxy outside of pods.
  public static final String KUBE_PROXY =
      "nodes/*/{services/kube-proxy.log,files/kube-proxy*.log,files/kube-proxy/*}";

  /// Logs of the kernel and all other logs of a node.
  public static final String KERNEL =
      "nodes/*/{services/kernel.log,files/kern.log,files/messages,files/syslog,files/dmesg}";

  private NodeLogPaths() {}
}

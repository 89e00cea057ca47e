package dev.diagbundle.collect;

import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.model.DiagbundleException;

/// A cluster to collect from.
///
/// @param context its name in the kubeconfig; empty where there is none
/// @param origin the file name of the kubeconfig, which distinguishes contexts of the same name;
///   may be empty
/// @param connector source of the connection, called once, when the run begins: it may run a
///   credential plugin
public record ClusterTarget(String context, String origin, Connector connector) {
  /// A source of the connection to a cluster.
  @FunctionalInterface
  public interface Connector {
    /// @throws DiagbundleException if there is no usable configuration
    KubeConnection connect() throws DiagbundleException;
  }

  /// The cluster of an existing connection.
  public static ClusterTarget of(KubeConnection connection) {
    return new ClusterTarget(connection.context(), "", () -> connection);
  }
}

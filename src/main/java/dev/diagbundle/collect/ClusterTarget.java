package dev.diagbundle.collect;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;

/// A cluster to collect from.
///
/// @param context its name in the kubeconfig; empty where there is none
/// @param origin the file name of the kubeconfig, which distinguishes contexts of the same name;
///   may be empty
/// @param connector source of the connection, called once, when the run begins
public record ClusterTarget(String context, String origin, Connector connector) {
  /// A source of the connection to a cluster.
  @FunctionalInterface
  public interface Connector {
    /// @throws DiagbundleException if there is no usable configuration
    ClusterConnection connect() throws DiagbundleException;
  }

  /// The cluster of an existing connection.
  public static ClusterTarget of(ClusterConnection connection) {
    return new ClusterTarget(connection.names().context(), "", () -> connection);
  }
}

package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.NodeSelection;

/// A user's request to print logs of nodes.
///
/// @param connection to the cluster
/// @param toolVersion of diagbundle
/// @param nodes selection of the nodes
/// @param services bare names of the services
/// @param span requested time span
/// @param options of each log
/// @param manners client options for the cluster
/// @param concurrency maximum number of nodes read concurrently
/// @param patience maximum time that a node may keep the others waiting
/// @param spoolBytes maximum bytes on disk of data that cannot be printed yet
/// @param prefix of lines
/// @param harmless true if control characters in lines are escaped
public record NodeLogsRequest(
    ClusterConnection connection,
    String toolVersion,
    NodeSelection nodes,
    List<String> services,
    WindowSpec span,
    ServiceLog.Options options,
    ClientOptions manners,
    int concurrency,
    Duration patience,
    long spoolBytes,
    Prefix prefix,
    boolean harmless) {
  /// The default length of the time window.
  public static final Duration USUAL_WINDOW = Duration.ofHours(1);

  public NodeLogsRequest {
    services = services.stream().distinct().toList();
  }

  /// The prefix of each line.
  public enum Prefix {
    /// The node if there are several, the service if there are several.
    AS_NEEDED,
    /// Node and service.
    ALWAYS,
    /// Nothing.
    NEVER
  }

  /// The prefix of each line of a log.
  ///
  /// @param several true if there are several nodes
  String prefix(LogName log, boolean several) {
    return switch (prefix) {
      case ALWAYS -> log + " ";
      case NEVER -> "";
      case AS_NEEDED ->
          (several ? log.node() + " " : "") + (services.size() > 1 ? log.service() + " " : "");
    };
  }
}

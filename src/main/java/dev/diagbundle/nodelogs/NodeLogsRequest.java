package dev.diagbundle.nodelogs;

import module java.base;

import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.NodeSelection;

/// Which logs of nodes a user wants printed.
///
/// @param connection to the cluster
/// @param toolVersion of diagbundle
/// @param nodes whose logs
/// @param services bare names
/// @param span which time
/// @param options of each log
/// @param manners towards the cluster
/// @param concurrency at most so many nodes are read at once
/// @param patience how long a node may keep the others waiting
/// @param spoolBytes how much may be kept on disk of what cannot be printed yet
/// @param prefix what stands before lines
/// @param harmless whether control characters in lines are spelled out
public record NodeLogsRequest(
    KubeConnection connection,
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
  /// How long the window is if nobody said so.
  public static final Duration USUAL_WINDOW = Duration.ofHours(1);

  public NodeLogsRequest {
    services = services.stream().distinct().toList();
  }

  /// What stands before each line.
  public enum Prefix {
    /// The node if there are several, the service if there are several.
    AS_NEEDED,
    /// Node and service.
    ALWAYS,
    /// Nothing.
    NEVER
  }

  /// The beginning of each line of a log.
  ///
  /// @param several nodes
  String prefix(LogName log, boolean several) {
    return switch (prefix) {
      case ALWAYS -> log + " ";
      case NEVER -> "";
      case AS_NEEDED ->
          (several ? log.node() + " " : "") + (services.size() > 1 ? log.service() + " " : "");
    };
  }
}

package dev.diagbundle.cli.view;

import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.nodelogs.NodeLogNotice;
import dev.diagbundle.nodelogs.NodeLogsResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is said on standard error beside printed logs.
public final class NodeLogsMessages {
  /// One node's outcome, and of which services.
  private record Ending(String node, Outcome outcome) {}

  private NodeLogsMessages() {}

  public static String of(NodeLogNotice notice) {
    return switch (notice) {
      case NodeLogNotice.Late(var log, Duration waited) ->
          log
              + ": nothing has come for "
              + DurationText.format(waited)
              + "; the others go on without it, and what still comes of it is out of order";
      case NodeLogNotice.Apart(var log, var form) ->
          log
              + ": "
              + switch (form) {
                case EVENTS -> "Windows events have no common stamps";
                case FILE -> "the log is a file, and files have no common stamps";
                case JOURNAL -> "the log has no stamps";
              }
              + "; it follows here, not merged";
      case NodeLogNotice.Uncut(var log) ->
          log + ": the log is a file; its lines are not cut to the window";
      case NodeLogNotice.ClockSkew(String node, Duration ahead) ->
          node
              + ": its clock is about "
              + DurationText.format(Duration.ofSeconds(ahead.abs().toSeconds()))
              + (ahead.isNegative() ? " behind" : " ahead of")
              + " the API server's, and its entries are stamped and merged by it";
    };
  }

  /// A line for every node and what its logs came to, unless there is nothing to say.
  ///
  /// @param quiet whether only what is missing is said
  public static List<String> of(NodeLogsResult result, boolean quiet) {
    Map<Ending, List<String>> endings = new LinkedHashMap<>();
    for (var log : result.logs()) {
      if (isSaid(log.outcome(), quiet)) {
        endings
            .computeIfAbsent(
                new Ending(log.log().node(), log.outcome()), ending -> new ArrayList<>())
            .add(log.log().service());
      }
    }
    var lines = new ArrayList<String>();
    endings.forEach((ending, services) -> {
      var outcome = ending.outcome();
      lines.add(
          ending.node()
              + " "
              + String.join(", ", services)
              + ": "
              + outcome.label()
              + outcome.why().map(reason -> ", " + reason.label()).orElse("")
              + ": "
              + outcome.words());
    });
    return lines;
  }

  /// What can be done about it.
  public static List<String> hints(NodeLogsResult result) {
    var hints = new ArrayList<String>();
    if (result.logs().stream()
        .anyMatch(log -> log.outcome().why().equals(Optional.of(Reason.FORBIDDEN)))) {
      hints.add("reading logs of nodes needs the right to get nodes/proxy");
    }
    if (result.logs().stream()
        .anyMatch(log -> log.outcome().words().contains("enableSystemLogQuery"))) {
      hints.add(
          "log queries are switched on in the kubelet's configuration (enableSystemLogQuery); until"
              + " then, 'diagbundle collect -p node-not-ready' takes the node's log files");
    }
    return hints;
  }

  private static boolean isSaid(Outcome outcome, boolean quiet) {
    return switch (outcome) {
      case Outcome.Collected(String words) -> !quiet && !words.isEmpty();
      case Outcome.Skipped _ -> !quiet || outcome.leavesGap();
      case Outcome.Partial _, Outcome.Failed _ -> true;
      case Outcome.Cancelled _ -> false;
    };
  }
}

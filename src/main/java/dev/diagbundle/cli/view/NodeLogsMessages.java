package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.nodelogs.NodeLogNotice;
import dev.diagbundle.nodelogs.NodeLogsResult;

/// The messages of `node-logs`.
public final class NodeLogsMessages {
  /// The outcome of logs of one node.
  private record Ending(String node, Outcome outcome) {}

  private NodeLogsMessages() {}

  public static String of(NodeLogNotice notice) {
    return switch (notice) {
      case NodeLogNotice.Late(var log, Duration waited) ->
          log
              + ": no data for "
              + DurationText.format(waited)
              + ", other logs continue; its further lines are out of order";
      case NodeLogNotice.Apart(var log, var form) ->
          log
              + ": "
              + switch (form) {
                case EVENTS -> "Windows event log";
                case FILE -> "log file";
                case JOURNAL -> "log without times";
              }
              + ", printed here, not merged";
      case NodeLogNotice.Uncut(var log) -> log + ": log file, not limited to the time window";
      case NodeLogNotice.ClockSkew(String node, Duration ahead) ->
          node
              + ": clock about "
              + DurationText.format(Duration.ofSeconds(ahead.abs().toSeconds()))
              + (ahead.isNegative() ? " behind" : " ahead of")
              + " the API server, which affects the order of merged lines";
    };
  }

  /// The lines for nodes with the outcome of their logs.
  ///
  /// @param quiet whether only gaps are listed
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

  /// The remedies of gaps.
  public static List<String> hints(NodeLogsResult result) {
    var hints = new ArrayList<String>();
    if (result.logs().stream()
        .anyMatch(log -> log.outcome().why().equals(Optional.of(Reason.FORBIDDEN)))) {
      hints.add("node logs require permission to get nodes/proxy");
    }
    if (result.logs().stream()
        .anyMatch(log -> log.outcome().words().contains("enableSystemLogQuery"))) {
      hints.add(
          "to enable log queries, set enableSystemLogQuery in the kubelet configuration; without"
              + " them, 'diagbundle collect -p node-not-ready' collects log files");
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

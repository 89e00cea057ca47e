package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.search.LogChoice;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.bundle.search.MergedLogs;
import dev.diagbundle.cli.options.BundleFilesOptions;
import dev.diagbundle.cli.options.TimeOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.view.MergedLogsView;
import dev.diagbundle.model.DiagbundleException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The command `logs`: prints the logs of a bundle merged by time.
@Command(
    name = "logs",
    description = "Print the logs of a bundle merged by time.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Merges logs of services and pods, log files of nodes, and events. A line has its",
      "time in UTC by the clock of its origin, the origin, and the text. A line without",
      "a time follows the line before it. --since counts from the end of the bundle.",
      "With PATH, other files are printed too if their lines have times.",
      "",
      "Exit codes:",
      "  0  at least one line printed",
      "  1  no lines, or a file could not be read",
      "  2  usage error",
      "",
      "Examples:",
      "  diagbundle logs ticket.tar.gz --from 2026-11-21T02:31:00Z",
      "  diagbundle logs ticket.tar.gz --since 10m --node win-1 --pod 'calico-system/*'",
      "  diagbundle logs ticket.tar.gz 'nodes/*/services/kubelet.log' events.txt"
    })
final class LogsCommand implements Callable<Integer> {
  private final Session session;

  @Mixin private final BundleFilesOptions files = new BundleFilesOptions();

  @Option(
      names = "--pod",
      paramLabel = "NS/NAME|GLOB",
      description = "Pod whose logs are selected, besides those of --node; repeatable.")
  private List<String> pods = List.of();

  @Mixin private final TimeOptions time = new TimeOptions();

  LogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    var window = time.window();
    var selection = files.selection();
    var choice = LogChoice.of(files.hasPaths(), files.nodes(), pods);
    // The time zones of nodes are needed besides the logs.
    try (var opened =
        files.open(path -> selection.paths().test(path) || LogTimes.needs(path), session)) {
      var manifest = opened.manifest();
      var span = TimeOptions.inBundle(window, manifest.run()).orElse(TimeOptions.ALWAYS);
      var logs = new MergedLogs(opened, span);
      logs.look(choice.files(selection.ofAnyNode(opened), manifest.items()));
      return print(opened, logs);
    }
  }

  private int print(Bundle opened, MergedLogs logs) throws IOException {
    var terminal = session.terminal();
    var printed = new boolean[1];
    try (var plain = terminal.rawResult();
        var text = terminal.shownOn(plain)) {
      var view = new MergedLogsView(logs.files(), terminal.forOutput(), plain, text);
      logs.tell((source, time, bytes, from, to, begins, ends) -> {
        printed[0] = true;
        view.on(source, time, bytes, from, to, begins, ends);
      });
    }
    logs.unread().forEach(unread -> terminal.say("diagbundle: " + unread));
    if (!files.quiet()) {
      sayUntimed(logs.untimed());
      if (!printed[0]) {
        var until = LogTimes.end(opened.manifest().run());
        terminal.say("diagbundle: no lines in the time window; the bundle ends at " + until);
      }
    }
    return printed[0] && logs.unread().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void sayUntimed(List<String> untimed) {
    if (!untimed.isEmpty()) {
      session
          .terminal()
          .say(
              "diagbundle: note: '"
                  + untimed.getFirst()
                  + (untimed.size() == 1
                      ? "' has no times and is skipped"
                      : "' and " + (untimed.size() - 1) + " more have no times and are skipped"));
    }
  }
}

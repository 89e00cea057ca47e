package dev.diagbundle.cli;

import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.search.ClusterChoice;
import dev.diagbundle.bundle.search.LogChoice;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.bundle.search.MergedLogs;
import dev.diagbundle.bundle.search.PathChoice;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.options.SpanOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cli.view.MergedLogsView;
import dev.diagbundle.model.DiagbundleException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Tells the logs of a bundle as one.
@Command(
    name = "logs",
    description = {
      "Prints the logs of a bundle as one, in the order of time: services and log files of nodes,"
          + " pods, and events. Each line has its time in UTC, where it is from, and its text.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Lines without a time of their own follow the line before them. Times are those of the clocks"
          + " that",
      "made them. With PATH, other files than logs are told too, if their lines have times.",
      "Exit codes: 0 something was printed; 1 nothing, or a file could not be read; 2 wrong call.",
      "",
      "Examples:",
      "  diagbundle logs ticket.tar.gz --from 2026-11-21T02:31:00Z --to 2026-11-21T02:32:00Z",
      "  diagbundle logs ticket.tar.gz --since 10m --node win-1 --pod 'calico-system/*'",
      "  diagbundle logs ticket.tar.gz 'nodes/*/services/kubelet.log' events.txt | less"
    })
final class LogsCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(index = "0", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Parameters(index = "1..*", paramLabel = "PATH", description = "Files, folders or globs.")
  private List<String> paths = List.of();

  @Option(
      names = "--node",
      paramLabel = "NAME|GLOB",
      description = "Logs of nodes with such names; repeatable, and --pod adds to it.")
  private List<String> nodes = List.of();

  @Option(
      names = "--pod",
      paramLabel = "NS/NAME|GLOB",
      description = "Logs of pods with such names; repeatable, and --node adds to it.")
  private List<String> pods = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "NAME|GLOB",
      description = "Only what is of clusters with such names; repeatable.")
  private List<String> clusters = List.of();

  @Mixin private final SpanOptions span = new SpanOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  LogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    span.check();
    var choice = PathChoice.of(paths);
    var logs = LogChoice.of(!paths.isEmpty(), nodes, pods);
    var clusterChoice = ClusterChoice.of(clusters);
    // The zones of nodes are needed beside the logs.
    try (var opened =
        identities
            .source(bundle, session)
            .open(path -> choice.test(path) || LogTimes.needs(path))) {
      session.terminal().note(opened.notices(), verbosity);
      var manifest = opened.manifest();
      var files = clusterChoice.files(choice.from(opened.files()), manifest.run());
      var story = new MergedLogs(opened, span.span(manifest.run()).orElse(SpanOptions.always()));
      story.look(logs.files(files, manifest.items()));
      return tell(opened, story);
    }
  }

  private int tell(Bundle opened, MergedLogs story) throws IOException {
    var terminal = session.terminal();
    var printed = new boolean[1];
    try (var plain = terminal.rawResult();
        var text = terminal.shownOn(plain)) {
      var view = new MergedLogsView(story.files(), terminal.forOutput(), plain, text);
      story.tell((source, time, bytes, from, to, begins, ends) -> {
        printed[0] = true;
        view.on(source, time, bytes, from, to, begins, ends);
      });
    }
    story.unread().forEach(unread -> terminal.say("diagbundle: " + unread));
    if (!verbosity.quiet()) {
      sayUntimed(story.untimed());
      if (!printed[0]) {
        var until = LogTimes.end(opened.manifest().run());
        terminal.say("diagbundle: no line is of that time; the bundle ends at " + until);
      }
    }
    return printed[0] && story.unread().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void sayUntimed(List<String> files) {
    if (!files.isEmpty()) {
      session
          .terminal()
          .say(
              "diagbundle: note: '"
                  + files.getFirst()
                  + (files.size() == 1
                      ? "' has no times and is left out"
                      : "' and " + (files.size() - 1) + " more have no times and are left out"));
    }
  }
}

package dev.diagbundle.cli;

import dev.diagbundle.bundle.search.BundleSearch;
import dev.diagbundle.bundle.search.ClusterChoice;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.bundle.search.NodeChoice;
import dev.diagbundle.bundle.search.PathChoice;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.options.SpanOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Problem;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Finds lines in a bundle.
@Command(
    name = "grep",
    description = "Prints the lines of a bundle's files that have a pattern, as path:number:line.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "PATTERN is a regular expression of RE2: https://github.com/google/re2/wiki/Syntax",
      "With --from, --to or --since, a line counts by the time that it, or a line before it, begins",
      "with; a file without times has no such lines.",
      "Exit codes: 0 something was found; 1 nothing, or a file could not be read; 2 wrong call.",
      "",
      "Examples:",
      "  diagbundle grep 'CNI|sandbox' ticket.tar.gz",
      "  diagbundle grep -i -C 3 'x509' ticket.tar.gz --node 'win-*'",
      "  diagbundle grep timeout ticket.tar.gz 'nodes/*/services/*.log'",
      "  diagbundle grep 'HNS' ticket.tar.gz --from 2026-11-21T02:30:00Z --to 2026-11-21T02:35:00Z"
    })
final class GrepCommand implements Callable<Integer> {
  private static final int MAX_CONTEXT = 1_000;

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PATTERN", description = "What to look for.")
  private String pattern = "";

  @Parameters(index = "1", paramLabel = "BUNDLE", description = "The bundle.")
  private String bundle = "";

  @Parameters(index = "2..*", paramLabel = "PATH", description = "Files, folders or globs.")
  private List<String> paths = List.of();

  @Option(
      names = {"-i", "--ignore-case"},
      description = "Upper and lower case are the same.")
  private boolean ignoreCase;

  @Option(
      names = {"-C", "--context"},
      paramLabel = "N",
      description = "Print N lines before and after as well, as path-number-line.")
  private int context;

  @Option(
      names = "--node",
      paramLabel = "NAME|GLOB",
      description = "Only what belongs to nodes with such names; repeatable.")
  private List<String> nodes = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "NAME|GLOB",
      description = "Only what is of clusters with such names; repeatable.")
  private List<String> clusters = List.of();

  @Mixin private final SpanOptions span = new SpanOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  GrepCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException, InterruptedException {
    span.check();
    var search =
        new BundleSearch(linePattern(), context(), Runtime.getRuntime().availableProcessors());
    var choice = PathChoice.of(paths);
    var nodeChoice = NodeChoice.of(nodes);
    var clusterChoice = ClusterChoice.of(clusters);
    var source = identities.source(bundle, session);
    // The zones of nodes are needed beside the files.
    try (var opened = source.open(path -> choice.test(path) || LogTimes.needs(path));
        var out = session.terminal().result()) {
      session.terminal().note(opened.notices(), verbosity);
      var manifest = opened.manifest();
      var chosen = clusterChoice.files(choice.from(opened.files()), manifest.run());
      var files = nodeChoice.files(chosen, manifest.items());
      var result = search.within(span.span(manifest.run())).search(opened, files, out);
      result.unread().forEach(unread -> session.terminal().say("diagbundle: " + unread));
      return result.hits() > 0 && result.unread().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  @Option(
      names = {"-n", "--line-number"},
      description = "Print line numbers; always on.")
  void setNumbers(boolean numbers) {
    // For the fingers of those who use grep: there is no form without numbers.
  }

  private LinePattern linePattern() throws DiagbundleException {
    var fault = LinePattern.fault(pattern);
    if (fault.isPresent()) {
      throw new DiagbundleException(Problem.usage("'" + pattern + "': " + fault.get()));
    }
    return LinePattern.parse(ignoreCase ? "(?i)(?:" + pattern + ")" : pattern).orElseThrow();
  }

  private int context() {
    if (spec != null && (context < 0 || context > MAX_CONTEXT)) {
      throw new ParameterException(spec.commandLine(), "-C takes a number from 0 to 1000");
    }
    return context;
  }
}

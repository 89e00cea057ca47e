package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.search.BundleSearch;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.cli.options.BundleFilesOptions;
import dev.diagbundle.cli.options.TimeOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `grep`: prints lines of a bundle that match a pattern.
@Command(
    name = "grep",
    description = "Print the lines of a bundle that match a pattern.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "PATTERN is an RE2 regular expression: https://github.com/google/re2/wiki/Syntax",
      "A line without a time has the time of the line before it. With a time window,",
      "files without times have no matches; --since counts from the end of the bundle.",
      "",
      "Exit codes:",
      "  0  at least one match",
      "  1  no match, or a file could not be read",
      "  2  usage error",
      "",
      "Examples:",
      "  diagbundle grep 'CNI|sandbox' ticket.tar.gz",
      "  diagbundle grep -i -C 3 'x509' ticket.tar.gz --node 'win-*'",
      "  diagbundle grep timeout ticket.tar.gz 'nodes/*/services/*.log'",
      "  diagbundle grep HNS ticket.tar.gz --from 2026-11-21T02:30:00Z"
    })
final class GrepCommand implements Callable<Integer> {
  private static final int MAX_CONTEXT = 1_000;

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PATTERN", description = "Regular expression.")
  private String pattern = "";

  @Mixin private final BundleFilesOptions files = new BundleFilesOptions();

  @Option(
      names = {"-i", "--ignore-case"},
      description = "Ignore case.")
  private boolean ignoreCase;

  @Option(
      names = {"-C", "--context"},
      paramLabel = "N",
      description = "Print N lines of context around each match.")
  private int context;

  @Mixin private final TimeOptions time = new TimeOptions();

  GrepCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException, InterruptedException {
    var window = time.window();
    var search =
        new BundleSearch(linePattern(), context(), Runtime.getRuntime().availableProcessors());
    var selection = files.selection();
    // The time zones of nodes are needed besides the files.
    try (var opened =
            files.open(path -> selection.paths().test(path) || LogTimes.needs(path), session);
        var out = session.terminal().result()) {
      var span = TimeOptions.inBundle(window, opened.manifest().run());
      var result = search.within(span).search(opened, selection.files(opened), out);
      result.unread().forEach(unread -> session.terminal().say("diagbundle: " + unread));
      return result.hits() > 0 && result.unread().isEmpty() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  @Option(
      names = {"-n", "--line-number"},
      description = "Print line numbers (always on).")
  void setNumbers(boolean numbers) {
    // Accepted for compatibility with grep; lines always have numbers.
  }

  private LinePattern linePattern() throws DiagbundleException {
    var fault = LinePattern.fault(pattern);
    if (fault.isPresent()) {
      throw new DiagbundleException(Problem.usage("pattern '" + pattern + "': " + fault.get()));
    }
    return LinePattern.parse(ignoreCase ? "(?i)(?:" + pattern + ")" : pattern).orElseThrow();
  }

  private int context() {
    if (spec != null && (context < 0 || context > MAX_CONTEXT)) {
      throw new ParameterException(
          spec.commandLine(), "-C: expected a number from 0 to " + MAX_CONTEXT);
    }
    return context;
  }
}

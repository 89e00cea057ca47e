package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.merge.BundleMerger;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.cli.options.EncryptionOptions;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.report.ReportWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `merge`: merges bundles into one.
@Command(
    name = "merge",
    description = "Merge bundles into one.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Merges bundles of one cluster, as from parallel runs, or of several clusters,",
      "each in its own folder. Equal files are kept once; files with equal names and",
      "different content get a number. Findings and report are generated again.",
      "",
      "Exit codes:",
      "  0  merged",
      "  1  failed, no bundle",
      "  2  usage error",
      "  3  merged without files that were damaged",
      "",
      "Examples:",
      "  diagbundle merge north.tar.gz south.tar.gz -o both.tar.gz",
      "  diagbundle merge shard-*.tar.gz -o ticket.tar.gz"
    })
final class MergeCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "Bundles to merge.")
  private List<String> words = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "Output file (required).")
  private Path output = Path.of("");

  @Mixin private final EncryptionOptions encryption = new EncryptionOptions();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

  MergeCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException {
    if (words.stream().filter("-"::equals).count() > 1) {
      throw new DiagbundleException(
          Problem.usage("'-': only one bundle can be read from standard input"));
    }
    var target = output.toAbsolutePath().normalize();
    var bundles = new ArrayList<Bundle>();
    try {
      for (String word : words) {
        var source = identities.source(word, session);
        if (source.isReplacedBy(target)) {
          throw new DiagbundleException(
              Problem.usage("-o: '" + source.name() + "' is an input and cannot be the output"));
        }
        bundles.add(source.open(_ -> true));
        session.terminal().note(named(source.name(), bundles.getLast().notices()), verbosity);
      }
      return merge(bundles, target);
    } finally {
      for (Bundle bundle : bundles) {
        bundle.close();
      }
    }
  }

  private int merge(List<Bundle> bundles, Path target) throws DiagbundleException, IOException {
    var options =
        encryption
            .recipients()
            .map(WriterOptions.unlimited()::withRecipients)
            .orElse(WriterOptions.unlimited());
    var command = new ArrayList<>(List.of("diagbundle", "merge"));
    command.addAll(words);
    command.addAll(List.of("-o", output.toString()));
    var found = new RunAnalysis();
    var merger =
        new BundleMerger(
            bundles, found::write, (_, out) -> found.writePatterns(out), new ReportWriter()::write);
    var result = merger.write(target, command, options);
    var terminal = session.terminal();
    terminal.note(result.renamed(), verbosity);
    result.lost().forEach(lost -> terminal.say("diagbundle: skipped: " + lost));
    if (!verbosity.quiet()) {
      terminal.say(
          "%d files of %d cluster%s from %d bundle%s, %d duplicates removed"
              .formatted(
                  result.files(),
                  result.clusters(),
                  result.clusters() == 1 ? "" : "s",
                  bundles.size(),
                  bundles.size() == 1 ? "" : "s",
                  result.equal()));
    }
    terminal.printResult(result.file().toString());
    return result.lost().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  private List<String> named(String name, List<String> notices) {
    return notices.stream()
        .map(notice -> words.size() == 1 ? notice : name + ": " + notice)
        .toList();
  }
}

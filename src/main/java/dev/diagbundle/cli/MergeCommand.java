package dev.diagbundle.cli;

import dev.diagbundle.bundle.merge.BundleMerger;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.cli.options.EncryptionOptions;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.report.ReportWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Joins bundles.
@Command(
    name = "merge",
    description = {
      "Joins bundles into one: of parts of a cluster, or of several clusters. Nothing is compressed"
          + " again but what has no index.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Bundles of one cluster (the same API server under the same name) become a bundle of that",
      "cluster: a file that is in several with the same content is there once, one with other",
      "content has a number in its name. Of several clusters, each has a folder. The findings and",
      "the report are made anew.",
      "Exit codes: 0 joined; 1 failed, no bundle; 2 wrong call; 3 joined, but a file was damaged.",
      "",
      "Examples:",
      "  diagbundle merge north.tar.gz south.tar.gz -o both.tar.gz",
      "  diagbundle merge shard-*.tar.gz -o ticket.tar.gz && diagbundle verify ticket.tar.gz"
    })
final class MergeCommand implements Callable<Integer> {
  private final Session session;

  @Parameters(arity = "1..*", paramLabel = "BUNDLE", description = "The bundles.")
  private List<String> words = List.of();

  @Option(
      names = {"-o", "--output-file"},
      required = true,
      paramLabel = "FILE",
      description = "The one bundle's file.")
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
      throw new DiagbundleException(Problem.usage("only one bundle can come from standard input"));
    }
    var target = output.toAbsolutePath().normalize();
    var bundles = new ArrayList<Bundle>();
    try {
      for (String word : words) {
        var source = identities.source(word, session);
        if (source.isReplacedBy(target)) {
          throw new DiagbundleException(
              Problem.usage(
                  "-o would replace '"
                      + source.name()
                      + "', which is to be read; it needs another"
                      + " file"));
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
    result.lost().forEach(lost -> terminal.say("diagbundle: left out: " + lost));
    if (!verbosity.quiet()) {
      terminal.say(
          "%d files of %d cluster%s from %d bundle%s; %d were in several with the same content"
              .formatted(
                  result.files(),
                  result.clusters(),
                  result.clusters() == 1 ? "" : "s",
                  bundles.size(),
                  bundles.size() == 1 ? "" : "s",
                  result.equal()));
    }
    terminal.out().println(Printable.line(result.file().toString()));
    terminal.out().flush();
    return result.lost().isEmpty() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }

  private List<String> named(String name, List<String> notices) {
    return notices.stream()
        .map(notice -> words.size() == 1 ? notice : name + ": " + notice)
        .toList();
  }
}

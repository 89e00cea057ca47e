package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.cli.options.EncryptionOptions;
import dev.diagbundle.cli.options.IdentityOptions;
import dev.diagbundle.cli.options.RedactionOptions;
import dev.diagbundle.cli.options.SplitOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.redact.Pseudonyms;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.TextRule;
import dev.diagbundle.report.ReportWriter;
import dev.diagbundle.rewrite.BundleNames;
import dev.diagbundle.rewrite.BundleRedactor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `redact`: redacts a bundle, or tests redaction rules on a file.
@Command(
    name = "redact",
    description = "Redact a bundle, or test redaction rules on a file.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Bundles are redacted when they are written. This command applies more rules, or",
      "replaces names with pseudonyms. A name has one pseudonym throughout a bundle,",
      "and another one in other bundles.",
      "",
      "Examples:",
      "  diagbundle redact --test app.log --redaction-rules rules.yaml",
      "  diagbundle redact ticket.tar.gz --redaction-rules rules.yaml -o clean.tar.gz",
      "  diagbundle redact ticket.tar.gz --pseudonyms addresses,nodes -o clean.tar.gz"
    })
final class RedactCommand implements Callable<Integer> {
  /// The kinds of names with pseudonyms.
  enum Named {
    ADDRESSES,
    NODES,
    HOSTS,
    USERS
  }

  private final Session session;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", arity = "0..1", paramLabel = "BUNDLE", description = "Bundle to redact.")
  private @Nullable String bundle;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Output file.")
  private @Nullable Path output;

  @Option(
      names = "--test",
      paramLabel = "FILE",
      description = "File to print redacted, with the number of matches; '-' for standard input.")
  private @Nullable String tested;

  @Mixin private final RedactionOptions rules = new RedactionOptions();

  @Option(
      names = "--pseudonyms",
      paramLabel = "KIND",
      split = ",",
      hideParamSyntax = true,
      description = {
        "Names to replace with pseudonyms: addresses, nodes,",
        "hosts or users; separated by commas."
      })
  private Set<Named> named = EnumSet.noneOf(Named.class);

  @Mixin private final SplitOptions split = new SplitOptions();

  @Mixin private final EncryptionOptions encryption = new EncryptionOptions();

  @Mixin private final IdentityOptions identities = new IdentityOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

  RedactCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException, InterruptedException {
    if (tested != null) {
      require(bundle == null && output == null, "--test cannot be combined with BUNDLE or -o");
      test(tested);
      return ExitCode.OK;
    }
    if (bundle == null || output == null) {
      require(false, "missing BUNDLE and -o FILE, or --test FILE");
      return ExitCode.USAGE;
    }
    redact(bundle, output);
    return ExitCode.OK;
  }

  private void redact(String word, Path target)
      throws DiagbundleException, IOException, InterruptedException {
    var recipients = encryption.recipients();
    var parts = split.partBytes(Optional.of(target));
    var whole =
        parts.isPresent()
            ? WriterOptions.unlimited().withParts(parts.getAsLong())
            : WriterOptions.unlimited();
    var options = recipients.map(whole::withRecipients).orElse(whole);
    var from = identities.source(word, session);
    if (from.isReplacedBy(target.toAbsolutePath().normalize())) {
      throw new DiagbundleException(Problem.usage("-o: the input cannot be the output"));
    }
    try (var source = from.open(_ -> true)) {
      session.terminal().note(source.notices(), verbosity);
      var names = names(source);
      var redactor =
          new BundleRedactor(
              rules.redaction(names),
              Redaction.none().changed(List.of(), names),
              new ReportWriter()::write,
              Runtime.getRuntime().availableProcessors());
      var result = redactor.redact(source, target, options);
      if (!verbosity.quiet()) {
        say(result.replaced());
      }
      for (Path file : result.files()) {
        session.terminal().printResult(file.toString());
      }
    }
  }

  private void test(String file) throws DiagbundleException, IOException {
    var redaction = rules.redaction(addresses(Pseudonyms.random()));
    try (var in = file.equals("-") ? session.standardInput() : opened(Path.of(file));
        var out = session.terminal().result()) {
      var redacting = redaction.over(out);
      in.transferTo(redacting);
      redacting.finish();
      out.flush();
      say(redacting.counts());
    }
  }

  private static InputStream opened(Path file) throws DiagbundleException {
    try {
      if (Files.isDirectory(file)) {
        throw new DiagbundleException(Problem.usage("cannot read '" + file + "': it is a folder"));
      }
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new DiagbundleException(Problem.usage("cannot read '" + file + "'"), e);
    }
  }

  private void say(Map<String, Long> counts) {
    var words =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
    session.terminal().say("Replaced: " + (words.isEmpty() ? "nothing" : words));
  }

  private List<TextRule> names(Bundle source) throws IOException {
    var pseudonyms = Pseudonyms.random();
    var found = BundleNames.of(source);
    var names = new ArrayList<TextRule>();
    if (named.contains(Named.NODES)) {
      names.addAll(pseudonyms.names("nodes", "node", found.nodes()));
    }
    if (named.contains(Named.HOSTS)) {
      names.addAll(pseudonyms.names("hosts", "host", found.hosts()));
    }
    if (named.contains(Named.USERS)) {
      names.addAll(pseudonyms.names("users", "user", found.users()));
    }
    names.addAll(addresses(pseudonyms));
    return names;
  }

  private List<TextRule> addresses(Pseudonyms pseudonyms) {
    return named.contains(Named.ADDRESSES) ? pseudonyms.addresses() : List.of();
  }

  private void require(boolean condition, String otherwise) {
    if (!condition && spec != null) {
      throw new ParameterException(spec.commandLine(), otherwise);
    }
  }
}

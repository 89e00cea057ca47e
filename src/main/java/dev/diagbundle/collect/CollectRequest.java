package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.archive.Recipients;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.redact.Redaction;

/// What a user wants collected.
///
/// @param targets the clusters, at least one
/// @param profile merged, with the limits of the command line
/// @param profileText the profile as YAML, for the bundle
/// @param command the command line's words, for the bundle; without secrets
/// @param toolVersion of diagbundle
/// @param span which time
/// @param redaction of everything that goes into the bundle
public record CollectRequest(
    List<ClusterTarget> targets,
    Profile profile,
    String profileText,
    List<String> command,
    String toolVersion,
    WindowSpec span,
    Selection selection,
    Output output,
    Redaction redaction) {
  public CollectRequest {
    targets = List.copyOf(targets);
    command = List.copyOf(command);
  }

  /// The part of the clusters and of the profile that is wanted.
  ///
  /// @param nodes beside the profile's own selections
  /// @param namespaces to ask for instead of the whole cluster; empty for that
  /// @param only names of items, all others being left out; empty for all
  /// @param skip names of items left out
  public record Selection(
      NodeSelection nodes, List<String> namespaces, Set<String> only, Set<String> skip) {
    public static final Selection ALL =
        new Selection(NodeSelection.ALL, List.of(), Set.of(), Set.of());

    public Selection {
      namespaces = namespaces.stream().distinct().toList();
      only = Set.copyOf(only);
      skip = Set.copyOf(skip);
    }

    boolean has(ItemSpec item) {
      return (only.isEmpty() || only.contains(item.name())) && !skip.contains(item.name());
    }
  }

  /// Where the bundle goes.
  ///
  /// @param file of the bundle; a name in the working folder if absent
  /// @param recipients for whom it is encrypted; nobody, if empty
  /// @param partBytes size of the files that the bundle is split into; one file, if empty
  public record Output(
      Optional<Path> file, Optional<Recipients> recipients, OptionalLong partBytes) {
    public static final Output USUAL =
        new Output(Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /// How the first of the clusters is reached.
  ///
  /// @throws DiagbundleException if there is no usable configuration
  public KubeConnection connection() throws DiagbundleException {
    return targets.getFirst().connector().connect();
  }

  /// The items of the profile that are to be collected.
  public List<ItemSpec> items() {
    return profile.collect().stream().filter(selection::has).toList();
  }

  /// What the name of the bundle's file ends in, if nobody said the name.
  String suffix() {
    return output.recipients().isPresent() ? ".tar.gz.age" : ".tar.gz";
  }

  /// How the bundle is written.
  ///
  /// @throws DiagbundleException if it may not be large enough to be of use
  WriterOptions writerOptions() throws DiagbundleException {
    long maxBytes = profile.limits().bundleBytes();
    if (maxBytes < WriterOptions.MIN_MAX_BYTES) {
      var message = "bundle limit of " + maxBytes + " bytes is too small; required: ";
      throw new DiagbundleException(Problem.usage(message + WriterOptions.MIN_MAX_BYTES));
    }
    var limited = WriterOptions.limitedTo(maxBytes);
    var options =
        output.partBytes().isPresent()
            ? limited.withParts(output.partBytes().getAsLong())
            : limited;
    return output.recipients().map(options::withRecipients).orElse(options);
  }

  /// The window of the run.
  ///
  /// @param present by the API server's clock
  /// @throws DiagbundleException if it would end before it begins
  TimeWindow window(Instant present) throws DiagbundleException {
    return span.window(present, profile.window());
  }
}

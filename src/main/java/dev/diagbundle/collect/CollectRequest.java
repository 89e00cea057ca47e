package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.archive.Recipients;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.redact.Redaction;

/// A user's request for a collection.
///
/// @param targets the clusters, at least one
/// @param profile the merged profile, with the limits of the command line
/// @param profileText the profile as YAML, for the bundle
/// @param command the arguments of the command line, for the bundle; without secrets
/// @param toolVersion of diagbundle
/// @param span requested time span
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

  /// The requested part of the clusters and of the profile.
  ///
  /// @param nodes selection in addition to the profile's own
  /// @param namespaces to request instead of the whole cluster; empty for the whole cluster
  /// @param only names of the only items to collect; empty for all
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

  /// The destination of the bundle.
  ///
  /// @param file of the bundle; a name in the working folder if absent
  /// @param recipients of the encrypted bundle; not encrypted if empty
  /// @param partBytes size of the files that the bundle is split into; one file if empty
  public record Output(
      Optional<Path> file, Optional<Recipients> recipients, OptionalLong partBytes) {
    public static final Output USUAL =
        new Output(Optional.empty(), Optional.empty(), OptionalLong.empty());
  }

  /// The connection to the first of the clusters.
  ///
  /// @throws DiagbundleException if there is no usable configuration
  public ClusterConnection connection() throws DiagbundleException {
    return targets.getFirst().connector().connect();
  }

  /// The items of the profile that are to be collected.
  public List<ItemSpec> items() {
    return profile.collect().stream().filter(selection::has).toList();
  }

  /// The suffix of the bundle's default file name.
  String suffix() {
    return output.recipients().isPresent() ? ".tar.gz.age" : ".tar.gz";
  }

  /// The options for writing the bundle.
  ///
  /// @throws DiagbundleException if its size limit is too small to be useful
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

  /// The time window of the run.
  ///
  /// @param present current time by the API server's clock
  /// @throws DiagbundleException if it would end before it begins
  TimeWindow window(Instant present) throws DiagbundleException {
    return span.window(present, profile.window());
  }
}

package dev.diagbundle.collect;

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
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// What a user wants collected.
///
/// @param targets the clusters, at least one
/// @param profile merged, with the limits of the command line
/// @param profileText the profile as YAML, for the bundle
/// @param command the command line's words, for the bundle; without secrets
/// @param toolVersion of diagbundle
/// @param span which time
/// @param nodes beside the profile's own selections
/// @param namespaces to ask for instead of the whole cluster; empty for that
/// @param only names of items, all others being left out; empty for all
/// @param skip names of items left out
/// @param output the bundle's file; a name in the working folder if absent
/// @param recipients for whom it is encrypted; nobody, if empty
/// @param redaction of everything that goes into the bundle
/// @param partBytes size of the files that the bundle is split into; one file, if empty
public record CollectRequest(
    List<ClusterTarget> targets,
    Profile profile,
    String profileText,
    List<String> command,
    String toolVersion,
    WindowSpec span,
    NodeSelection nodes,
    List<String> namespaces,
    Set<String> only,
    Set<String> skip,
    Optional<Path> output,
    Optional<Recipients> recipients,
    Redaction redaction,
    OptionalLong partBytes) {
  public CollectRequest {
    targets = List.copyOf(targets);
    command = List.copyOf(command);
    namespaces = namespaces.stream().distinct().toList();
    only = Set.copyOf(only);
    skip = Set.copyOf(skip);
  }

  /// What a user wants collected from one cluster.
  public CollectRequest(
      KubeConnection connection,
      Profile profile,
      String profileText,
      List<String> command,
      String toolVersion,
      WindowSpec span,
      NodeSelection nodes,
      List<String> namespaces,
      Set<String> only,
      Set<String> skip,
      Optional<Path> output,
      Optional<Recipients> recipients,
      Redaction redaction) {
    this(
        List.of(ClusterTarget.of(connection)),
        profile,
        profileText,
        command,
        toolVersion,
        span,
        nodes,
        namespaces,
        only,
        skip,
        output,
        recipients,
        redaction,
        OptionalLong.empty());
  }

  /// How the first of the clusters is reached.
  ///
  /// @throws DiagbundleException if there is no usable configuration
  public KubeConnection connection() throws DiagbundleException {
    return targets.getFirst().connector().connect();
  }

  /// The items of the profile that are to be collected.
  public List<ItemSpec> items() {
    return profile.collect().stream()
        .filter(item -> only.isEmpty() || only.contains(item.name()))
        .filter(item -> !skip.contains(item.name()))
        .toList();
  }

  /// What the name of the bundle's file ends in, if nobody said the name.
  String suffix() {
    return recipients.isPresent() ? ".tar.gz.age" : ".tar.gz";
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
    var options = partBytes.isPresent() ? limited.withParts(partBytes.getAsLong()) : limited;
    return recipients.map(options::withRecipients).orElse(options);
  }

  /// The window of the run.
  ///
  /// @param present by the API server's clock
  /// @throws DiagbundleException if it would end before it begins
  TimeWindow window(Instant present) throws DiagbundleException {
    return span.window(present, profile.window());
  }
}

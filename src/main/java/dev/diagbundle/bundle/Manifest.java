package dev.diagbundle.bundle;

import dev.diagbundle.model.TimeWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What was asked and what came of it: the content of `manifest.json`, whose JSON Schema is
/// `doc/manifest.schema.json`.
///
/// @param run about the run as a whole
/// @param items every planned item with its outcome, in the order in which they were planned
/// @param entries every entry of the bundle but `manifest.json`, `index.html` and `SHA256SUMS`, in
///   the order of the archive
public record Manifest(Run run, List<Item> items, List<Entry> entries) {
  /// The value of `format` in the JSON; what may change under it is said in the schema.
  public static final String FORMAT = "diagbundle.dev/v1";

  public Manifest {
    // Packed, as a large bundle has 100,000 of each.
    items = PackedList.copyOf(items, PackedRecords.ITEM);
    entries = PackedList.copyOf(entries, PackedRecords.ENTRY);
  }

  /// A list of items that takes little memory.
  public static List<Item> packed(Stream<Item> items) {
    var packed = new PackedList.Builder<Item>(PackedRecords.ITEM);
    items.forEach(packed::add);
    return packed.list();
  }

  /// About the run as a whole.
  ///
  /// @param toolVersion of diagbundle
  /// @param profile the profile's name
  /// @param command the command line's words, without secrets
  /// @param cluster what was collected from
  /// @param window the span of time that was asked for
  /// @param started by the API server's clock
  /// @param finished by the API server's clock
  /// @param clockSkew the local clock's lead over the API server's
  /// @param interrupted `deadline` or the name of a signal (`INT`, `TERM`), if the run was ended
  ///   early
  /// @param rootFolder the name of the one folder at the top of the archive
  public record Run(
      String toolVersion,
      String profile,
      List<String> command,
      ClusterIdentity cluster,
      TimeWindow window,
      Instant started,
      Instant finished,
      Duration clockSkew,
      Optional<String> interrupted,
      String rootFolder) {
    public Run {
      command = List.copyOf(command);
    }
  }

  /// Which cluster it was.
  ///
  /// @param name as the kubeconfig calls it
  /// @param context of the kubeconfig; empty inside a cluster
  /// @param server the URL of the API server
  /// @param version its version, for example `v1.36.2`
  /// @param user who asked, as the kubeconfig calls them; empty if unknown
  public record ClusterIdentity(
      String name, String context, String server, String version, String user) {}
}

package dev.diagbundle.bundle.manifest;

import module java.base;

import dev.diagbundle.model.TimeWindow;

/// The requested items and their outcomes: the content of `manifest.json`, whose JSON Schema is
/// `doc/manifest.schema.json`.
///
/// @param run the run as a whole
/// @param items every planned item with its outcome, in the order in which they were planned
/// @param entries every entry of the bundle but `manifest.json`, `index.html` and `SHA256SUMS`, in
///   the order of the archive
public record Manifest(Run run, List<Item> items, List<Entry> entries) {
  /// The value of `format` in the JSON; the schema describes which changes are compatible with it.
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

  /// The facts about the run as a whole.
  ///
  /// @param toolVersion of diagbundle
  /// @param profile the profile's name
  /// @param command the command line's words, without secrets
  /// @param cluster the collected cluster; of several, the first that responded, as are the window
  ///   and the clock
  /// @param window the requested span of time
  /// @param started by the API server's clock
  /// @param finished by the API server's clock
  /// @param clockSkew the local clock's lead over the API server's
  /// @param interrupted `deadline`, `disk` or the name of a signal (`INT`, `TERM`), if the run was
  ///   ended early
  /// @param rootFolder the name of the one folder at the top of the archive
  /// @param clusters each cluster of the run, in the order of asking, at least one: use this to
  ///   iterate over a bundle's clusters, one or several
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
      String rootFolder,
      List<Part> clusters) {
    /// The value of `interrupted` if the disk was full.
    public static final String DISK = "disk";

    public Run {
      command = List.copyOf(command);
      clusters =
          clusters.isEmpty()
              ? List.of(new Part(ClusterPlace.TOP, cluster, window, started, clockSkew, ""))
              : List.copyOf(clusters);
    }

    /// A run over one cluster.
    public Run(
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
      this(
          toolVersion,
          profile,
          command,
          cluster,
          window,
          started,
          finished,
          clockSkew,
          interrupted,
          rootFolder,
          List.of());
    }

    /// The cluster whose files are below this folder; nothing if there is none.
    ///
    /// @param prefix ends in `/`, or is empty for the top of the bundle
    public Optional<Part> clusterBelow(String prefix) {
      return clusters.stream().filter(part -> part.place().prefix().equals(prefix)).findFirst();
    }

    /// Returns whether the bundle has a folder for each cluster.
    public boolean hasSeveral() {
      return !clusters.getFirst().place().equals(ClusterPlace.TOP);
    }
  }

  /// One cluster of a run, which has its own clock and therefore its own window.
  ///
  /// @param place location of its files and items in the bundle
  /// @param identity identity of the cluster
  /// @param window the requested span of time, by its clock
  /// @param started by its API server's clock; by the local one if there was no response
  /// @param clockSkew the local clock's lead over its API server's
  /// @param failure reason why it could not be reached; empty if it responded
  public record Part(
      ClusterPlace place,
      ClusterIdentity identity,
      TimeWindow window,
      Instant started,
      Duration clockSkew,
      String failure) {
    /// Its display name: its folder's name, or the kubeconfig's name of the only cluster.
    public String name() {
      return place.folder().isEmpty() ? identity.name() : place.folder();
    }

    /// Returns whether it responded.
    public boolean answered() {
      return failure.isEmpty();
    }
  }

  /// The identity of a cluster.
  ///
  /// @param name as in the kubeconfig
  /// @param context of the kubeconfig; empty inside a cluster
  /// @param server the URL of the API server
  /// @param version its version, for example `v1.36.2`
  /// @param user name in the kubeconfig of the requesting user; empty if unknown
  public record ClusterIdentity(
      String name, String context, String server, String version, String user) {}
}

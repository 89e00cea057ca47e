package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.Priority;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.redact.Redaction;

/// The factory of bundle entries, the only one: every byte of every entry passes the redaction.
///
/// @param place of the cluster whose entries these are: every entry is below it
public record Entries(BundleWriter bundle, Redaction redaction, ClusterPlace place) {
  /// The entries of a bundle of one cluster.
  public Entries(BundleWriter bundle, Redaction redaction) {
    this(bundle, redaction, ClusterPlace.TOP);
  }

  /// Opens a file of the run itself, or of an item that is never dropped in favor of others. The
  /// caller closes it.
  ///
  /// @param path within the cluster
  /// @param item id, within the cluster, of the item it belongs to; empty for files of the run
  ///   itself
  public EntryStream open(EntryPath path, String item, Instant modified, long maxBytes)
      throws IOException {
    return new EntryStream(
        bundle.open(place.path(path), place.item(item), modified), redaction, maxBytes);
  }

  /// Opens an entry of a task's item, which may be dropped in favor of others. Of a log that is
  /// longer than the limit, the most useful part is kept; any other entry refuses the rest.
  EntryStream open(
      EntryPath path, RequestOrigin caller, Instant modified, long maxBytes, Priority priority)
      throws IOException {
    var entry =
        bundle.open(place.path(path), place.item(caller.item()), modified, priority, maxBytes);
    return new EntryStream(entry, redaction, priority.log() ? Long.MAX_VALUE : maxBytes);
  }
}

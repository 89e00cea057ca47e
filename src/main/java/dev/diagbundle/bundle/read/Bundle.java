package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.EntryPath;

/// An open bundle, in any kind of container: see [BundleSource]. Safe for use by several threads;
/// the caller that opens it closes it.
public interface Bundle extends BundleContents, Closeable {
  /// The kind of container of a bundle.
  enum Form {
    /// An archive as diagbundle wrote it, with its index.
    INDEXED,
    /// An archive without a usable index, read from start to end.
    ARCHIVE,
    /// A folder.
    FOLDER
  }

  Form form();

  /// Every file that it holds, the closing files too, in the order in which they lie there. Files
  /// that the manifest promises and that are not there are not among them.
  List<Entry> files();

  /// The compressed content of an entry as stored in an archive, for copying; empty if it has no
  /// gzip member of its own. It needs no closing.
  default Optional<InputStream> member(Entry entry) {
    return Optional.empty();
  }

  /// Notices about its state for a reader, a sentence each; mostly none.
  List<String> notices();

  /// Returns whether it has a readable `manifest.json`. If not, [#manifest] is built from the files
  /// found, and has no items.
  boolean hasManifest();

  /// The file at the path, among all [#files].
  @Override
  Optional<Entry> find(EntryPath path);
}

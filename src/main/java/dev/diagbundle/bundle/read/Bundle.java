package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.EntryPath;

/// A bundle that was opened to be looked into, whatever it lies in: see [BundleSource]. Safe for
/// use by several threads; who opens it closes it.
public interface Bundle extends BundleContents, Closeable {
  /// What a bundle lies in.
  enum Form {
    /// An archive as diagbundle wrote it, with its index.
    INDEXED,
    /// An archive without a usable index, read from begin to end.
    ARCHIVE,
    /// A folder.
    FOLDER
  }

  Form form();

  /// Every file that it holds, the closing files too, in the order in which they lie there. Files
  /// that the manifest promises and that are not there are not among them.
  List<Entry> files();

  /// The compressed content of an entry as it stands in an archive, for who copies it; empty if it
  /// has no gzip member of its own. It needs no closing.
  default Optional<InputStream> member(Entry entry) {
    return Optional.empty();
  }

  /// What a reader should be told about its state, a sentence each; mostly none.
  List<String> notices();

  /// Whether it has a readable `manifest.json`. If not, [#manifest] is made from what was found,
  /// and has no items.
  boolean hasManifest();

  /// The file at the path, among all [#files].
  @Override
  Optional<Entry> find(EntryPath path);
}

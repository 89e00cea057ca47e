package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.EntryPath;

/// The readable contents of a bundle. Safe for use by several threads; the caller that opened it
/// closes the underlying source.
public interface BundleContents {
  /// The requested items and their outcomes.
  Manifest manifest();

  /// SHA-256 of the bytes of `manifest.json`, lower-case hexadecimal.
  String manifestSha256();

  /// The entry at the path, if the bundle has it.
  Optional<Entry> find(EntryPath path);

  /// The uncompressed content of an entry. The caller closes it.
  ///
  /// @throws IOException if the archive cannot be read or the content is damaged
  InputStream open(Entry entry) throws IOException;
}

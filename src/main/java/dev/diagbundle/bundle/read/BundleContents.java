package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.EntryPath;

/// A bundle to read from. Safe for use by several threads; who opened it closes what stands behind
/// it.
public interface BundleContents {
  /// What was asked and what came of it.
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

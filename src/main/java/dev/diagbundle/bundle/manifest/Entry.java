package dev.diagbundle.bundle.manifest;

import module java.base;

import dev.diagbundle.model.EntryPath;

/// One file of the bundle.
///
/// @param path below the root folder
/// @param bytes size of the file
/// @param sha256 of the file, lower-case hexadecimal
/// @param offset position of the gzip member of its content in the archive
/// @param compressedBytes length of that member
/// @param lines number of line feeds in it
/// @param modified its time of modification in the archive
/// @param item id of the [Item] it belongs to; empty for files of the run itself
/// @param redactions number of secrets replaced in it, by rule name
public record Entry(
    EntryPath path,
    long bytes,
    String sha256,
    long offset,
    long compressedBytes,
    long lines,
    Instant modified,
    String item,
    Map<String, Long> redactions) {
  public Entry {
    // Sorted by name, so that equal manifests are equal bytes.
    redactions =
        redactions.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(redactions));
  }

  /// An entry in which nothing was replaced.
  public Entry(
      EntryPath path,
      long bytes,
      String sha256,
      long offset,
      long compressedBytes,
      long lines,
      Instant modified,
      String item) {
    this(path, bytes, sha256, offset, compressedBytes, lines, modified, item, Map.of());
  }

  /// The same content at another path and another place in the archive.
  public Entry at(EntryPath newPath, long newOffset) {
    return new Entry(
        newPath, bytes, sha256, newOffset, compressedBytes, lines, modified, item, redactions);
  }
}

package dev.diagbundle.bundle.write;

import dev.diagbundle.bundle.archive.GzipMember;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.ManifestJson;

/// The remaining size budget of the archive. The bytes that closing it takes are always kept back:
/// the lines of every entry in `manifest.json` and `SHA256SUMS`, counted uncompressed (so they
/// cannot come out larger), three headers, the end blocks and the index pointer. In addition there
/// is the reserve, for data of unknown size: the manifest's items, the report, files of the run.
/// The writer's lock guards it.
final class Budget {
  /// The claimants of archive space, from the one that must leave the most space to the last.
  enum Share {
    /// An entry of an item. It leaves the whole reserve.
    ITEM,
    /// A file of the run itself, such as the list of requests. It leaves half of the reserve.
    RUN,
    /// `manifest.json`.
    MANIFEST,
    /// `index.html`.
    REPORT,
    /// `SHA256SUMS`.
    CHECKSUMS
  }

  /// Headers of the root folder and of the three closing files, their lines in `SHA256SUMS`, the
  /// end blocks and the index pointer: at most four times four blocks and some hundred bytes.
  private static final long FIXED = 9 * 1024;

  private static final long END = 128;

  private final long maxBytes;
  private final long reserve;
  private long manifestLines;
  private long checksumLines;

  Budget(long maxBytes, long reserve) {
    this.maxBytes = maxBytes;
    this.reserve = reserve;
  }

  /// The number of bytes that may be appended at the position without additions to the closing
  /// files.
  long room(Share share, long position) {
    return maxBytes - position - kept(share, manifestLines, checksumLines);
  }

  /// Returns whether a committed entry may take this many bytes at the position.
  boolean admits(Share share, long position, long bytes, Entry entry) {
    long manifest = manifestLines + manifestLine(share, entry);
    long checksums = checksumLines + Checksums.lengthOf(entry);
    return bytes <= maxBytes - position - kept(share, manifest, checksums);
  }

  void add(Share share, Entry entry) {
    manifestLines += manifestLine(share, entry);
    checksumLines += Checksums.lengthOf(entry);
  }

  private static long manifestLine(Share share, Entry entry) {
    return switch (share) {
      case ITEM, RUN -> ManifestJson.lengthOf(entry);
      case MANIFEST, REPORT, CHECKSUMS -> 0;
    };
  }

  private long kept(Share share, long manifest, long checksums) {
    return switch (share) {
      case ITEM -> reserve + GzipMember.maxBytes(manifest) + GzipMember.maxBytes(checksums) + FIXED;
      case RUN ->
          reserve / 2 + GzipMember.maxBytes(manifest) + GzipMember.maxBytes(checksums) + FIXED;
      case MANIFEST, REPORT -> GzipMember.maxBytes(checksums) + FIXED;
      case CHECKSUMS -> END;
    };
  }
}

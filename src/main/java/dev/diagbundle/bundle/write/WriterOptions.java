package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.FileOpener;
import dev.diagbundle.bundle.archive.Recipients;

/// The options of a [BundleWriter].
///
/// @param maxBytes maximum size of the archive
/// @param reserveBytes the part of that not available to the entries of items, but kept for the
///   manifest's items (some 30 bytes each, compressed), the report, and files of the run
/// @param spoolParent parent of the hidden spool folder; that of the target if empty
/// @param opener factory of the archive and the spool files
/// @param recipients of the encrypted bundle; not encrypted if empty
/// @param partBytes size of the numbered files that it is split into; one file, if empty
public record WriterOptions(
    long maxBytes,
    long reserveBytes,
    Optional<Path> spoolParent,
    FileOpener opener,
    Optional<Recipients> recipients,
    OptionalLong partBytes) {
  /// The minimum size of a useful bundle.
  public static final long MIN_MAX_BYTES = 256 * 1024;

  /// The minimum size of a part: smaller parts would be too many.
  public static final long MIN_PART_BYTES = 64 * 1024;

  private static final long MAX_RESERVE = 16 << 20;

  public WriterOptions {
    if (maxBytes < MIN_MAX_BYTES) {
      throw new IllegalArgumentException("limit below " + MIN_MAX_BYTES + " bytes: " + maxBytes);
    }
    if (partBytes.isPresent() && partBytes.getAsLong() < MIN_PART_BYTES) {
      throw new IllegalArgumentException("parts below " + MIN_PART_BYTES + " bytes");
    }
    if (reserveBytes < 0 || reserveBytes > maxBytes / 2) {
      throw new IllegalArgumentException("reserve not within half of the limit: " + reserveBytes);
    }
  }

  /// Options without a limit other than the disk.
  public static WriterOptions unlimited() {
    return new WriterOptions(
        Long.MAX_VALUE,
        0,
        Optional.empty(),
        FileOpener.ofDisk(),
        Optional.empty(),
        OptionalLong.empty());
  }

  /// Options with this limit and an eighth of it, at most 16 MiB, in reserve.
  public static WriterOptions limitedTo(long maxBytes) {
    return new WriterOptions(
        maxBytes,
        Math.min(maxBytes / 8, MAX_RESERVE),
        Optional.empty(),
        FileOpener.ofDisk(),
        Optional.empty(),
        OptionalLong.empty());
  }

  public WriterOptions withReserve(long bytes) {
    return new WriterOptions(maxBytes, bytes, spoolParent, opener, recipients, partBytes);
  }

  public WriterOptions withSpoolParent(Path folder) {
    return new WriterOptions(
        maxBytes, reserveBytes, Optional.of(folder), opener, recipients, partBytes);
  }

  public WriterOptions withOpener(FileOpener files) {
    return new WriterOptions(maxBytes, reserveBytes, spoolParent, files, recipients, partBytes);
  }

  /// Encrypts the finished bundle for these, within the same limit.
  public WriterOptions withRecipients(Recipients readers) {
    return new WriterOptions(
        maxBytes, reserveBytes, spoolParent, opener, Optional.of(readers), partBytes);
  }

  /// Splits the finished bundle, encrypted or not, into numbered files of this size. The limit is
  /// that of their sum.
  public WriterOptions withParts(long bytes) {
    return new WriterOptions(
        maxBytes, reserveBytes, spoolParent, opener, recipients, OptionalLong.of(bytes));
  }

  /// The maximum archive size before encryption.
  long maxArchiveBytes() {
    return maxBytes == Long.MAX_VALUE
        ? maxBytes
        : recipients.map(readers -> readers.roomWithin(maxBytes)).orElse(maxBytes);
  }
}

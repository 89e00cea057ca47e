package dev.diagbundle.bundle.truncate;

import dev.diagbundle.model.EntryPath;

/// The part of an entry that is missing because the bundle had no space for it.
///
/// @param path of the entry
/// @param item that it belongs to
/// @param bytes size of the entry without the truncation
/// @param lines number of lines of the entry without the truncation
/// @param missing the missing part of these
/// @param kept whether the rest is in the bundle: its newest part, and the surroundings of its
///   first and its newest error
/// @param hasOthers whether other entries of the item are in the bundle
public record Truncation(
    EntryPath path,
    String item,
    long bytes,
    long lines,
    Missing missing,
    boolean kept,
    boolean hasOthers) {
  /// The omitted part.
  ///
  /// @param from stamp of its first line that has one, as it is written there; empty if none has
  /// @param to stamp of its last line
  public record Missing(long bytes, long lines, String from, String to) {
    public static final Missing NOTHING = new Missing(0, 0, "", "");

    /// Both together, of which the other came later in the log.
    public Missing and(Missing other) {
      return new Missing(
          bytes + other.bytes,
          lines + other.lines,
          from.isEmpty() ? other.from : from,
          other.to.isEmpty() ? to : other.to);
    }
  }
}

package dev.diagbundle.bundle.truncate;

import dev.diagbundle.model.EntryPath;

/// What is missing of an entry because the bundle had no room for it.
///
/// @param path of the entry
/// @param item that it belongs to
/// @param bytes it would have had
/// @param lines it would have had
/// @param missing what of that is not there
/// @param kept whether the rest is in the bundle: its newest part, and what surrounds its first and
///   its newest error
/// @param hasOthers whether other entries of the item are in the bundle
public record Truncation(
    EntryPath path,
    String item,
    long bytes,
    long lines,
    Missing missing,
    boolean kept,
    boolean hasOthers) {
  /// What was left out.
  ///
  /// @param from stamp of its first line that has one, as it is written there; empty if none has
  /// @param to stamp of its last line
  public record Missing(long bytes, long lines, String from, String to) {
    static final Missing NOTHING = new Missing(0, 0, "", "");

    /// Both together, of which the other came later in the log.
    Missing and(Missing other) {
      return new Missing(
          bytes + other.bytes,
          lines + other.lines,
          from.isEmpty() ? other.from : from,
          other.to.isEmpty() ? to : other.to);
    }
  }
}

package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.model.EntryPath;

/// The specification of an entry to write.
///
/// @param share of the archive that it may use
/// @param path of the entry
/// @param item that it belongs to; empty for files of the run itself
/// @param modified as a tar archive can store it
/// @param precedence before others; empty if it is never deferred
/// @param maxBytes maximum size of a log, of which the most useful part is kept
record EntrySpec(
    Budget.Share share,
    EntryPath path,
    String item,
    Instant modified,
    Optional<Priority> precedence,
    long maxBytes) {
  EntrySpec {
    modified = TarHeader.storable(modified);
  }

  /// One of the closing files.
  static EntrySpec closing(Budget.Share share, EntryPath path, Instant modified) {
    return new EntrySpec(share, path, "", modified, Optional.empty(), Long.MAX_VALUE);
  }

  /// An entry of an item, or a file of the run.
  static EntrySpec of(
      EntryPath path, String item, Instant modified, Optional<Priority> precedence) {
    var share = item.isEmpty() ? Budget.Share.RUN : Budget.Share.ITEM;
    return new EntrySpec(share, path, item, modified, precedence, Long.MAX_VALUE);
  }

  /// The same with a limit, if it is a log.
  EntrySpec limited(long bytes) {
    return new EntrySpec(share, path, item, modified, precedence, isLog() ? bytes : Long.MAX_VALUE);
  }

  /// Returns whether a part of it is useful.
  boolean isLog() {
    return precedence.filter(Priority::log).isPresent();
  }
}

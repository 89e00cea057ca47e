package dev.diagbundle.bundle;

import dev.diagbundle.model.EntryPath;
import java.time.Instant;
import java.util.Optional;

/// An entry that is to be written.
///
/// @param share of the archive that it may use
/// @param path of the entry
/// @param item that it belongs to; empty for files of the run itself
/// @param modified as a tar archive can store it
/// @param precedence before others; empty if it waits for nobody
record Opening(
    Budget.Share share,
    EntryPath path,
    String item,
    Instant modified,
    Optional<Precedence> precedence) {
  Opening {
    modified = TarHeader.storable(modified);
  }

  /// One of the closing files.
  static Opening closing(Budget.Share share, EntryPath path, Instant modified) {
    return new Opening(share, path, "", modified, Optional.empty());
  }

  /// An entry of an item, or a file of the run.
  static Opening of(
      EntryPath path, String item, Instant modified, Optional<Precedence> precedence) {
    var share = item.isEmpty() ? Budget.Share.RUN : Budget.Share.ITEM;
    return new Opening(share, path, item, modified, precedence);
  }

  /// Whether a part of it is of use.
  boolean isLog() {
    return precedence.filter(Precedence::log).isPresent();
  }
}

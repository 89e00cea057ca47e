package dev.diagbundle.collect;

import dev.diagbundle.bundle.BundleWriter;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.redact.Redaction;
import java.io.IOException;
import java.time.Instant;

/// The one way for content into the bundle: every byte of every entry goes through the redaction.
record Entries(BundleWriter bundle, Redaction redaction) {
  /// Opens an entry. The caller closes it.
  ///
  /// @param item id of the item it belongs to; empty for files of the run itself
  EntryStream open(EntryPath path, String item, Instant modified, long maxBytes)
      throws IOException {
    return new EntryStream(bundle.open(path, item, modified), redaction, maxBytes);
  }
}

package dev.diagbundle.bundle.write;

import dev.diagbundle.model.EntryPath;
import java.io.IOException;

/// The omission of an entry because the bundle would have exceeded its limit. The bundle is
/// complete without it, and smaller entries may still fit.
public final class OverBudgetException extends IOException {
  private static final long serialVersionUID = 1L;

  OverBudgetException(EntryPath path, long maxBytes) {
    super("'" + path + "' does not fit into the bundle's limit of " + maxBytes + " bytes");
  }
}

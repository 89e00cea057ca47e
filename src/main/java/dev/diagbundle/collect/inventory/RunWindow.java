package dev.diagbundle.collect.inventory;

import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ItemSpec;
import java.time.InstantSource;

/// The time window of a run.
///
/// @param whole the window
/// @param fixed whether the command line named it, so that items may not have windows of their own
/// @param clock of the API server; the window may have ended long before its present
public record RunWindow(TimeWindow whole, boolean fixed, InstantSource clock) {
  /// The window of an item.
  public TimeWindow of(ItemSpec spec) {
    return spec.common()
        .window()
        .filter(_ -> !fixed)
        .map(length -> TimeWindow.endingAt(whole.to(), length))
        .orElse(whole);
  }
}

package dev.diagbundle.collect.inventory;

import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.profile.ItemSpec;
import java.time.InstantSource;

/// The time window of a run.
///
/// @param whole window of the run
/// @param fixed true if the command line defined it, so that items may not have their own windows
/// @param ends true if the command line defined its end: else a line that is newer is wanted too,
///   because the clock that stamped it may be ahead
/// @param clock of the API server; the window may have ended long before its current time
public record RunWindow(TimeWindow whole, boolean fixed, boolean ends, InstantSource clock) {
  /// The window of an item.
  public TimeWindow of(ItemSpec spec) {
    return spec.common()
        .window()
        .filter(_ -> !fixed)
        .map(length -> TimeWindow.endingAt(whole.to(), length))
        .orElse(whole);
  }

  /// The window of lines: without an end, unless the user gave one.
  public TimeWindow ofLines(TimeWindow window) {
    return ends ? window : window.opened();
  }
}

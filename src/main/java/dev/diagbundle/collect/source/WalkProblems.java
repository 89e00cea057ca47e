package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The problems of a walk through folders.
final class WalkProblems {
  private static final int MAX_WORDS = 10;

  private final List<String> words = new ArrayList<>();
  private Optional<Reason> reason = Optional.empty();
  private int count;

  /// Records a problem; the reason of the first becomes that of the walk.
  void add(Reason why, String what) {
    if (reason.isEmpty()) {
      reason = Optional.of(why);
    }
    count++;
    if (words.size() < MAX_WORDS) {
      words.add(what);
    }
  }

  /// The outcome: partial if a problem was recorded.
  Optional<Outcome> outcome() {
    var more = count > words.size() ? "; and " + (count - words.size()) + " more" : "";
    return reason.map(why -> new Outcome.Partial(why, String.join("; ", words) + more));
  }
}

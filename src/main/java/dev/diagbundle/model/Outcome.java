package dev.diagbundle.model;

import java.util.Optional;

/// The outcome of one planned item. Every planned item ends in exactly one of these; nothing is
/// lost silently.
public sealed interface Outcome {
  /// Everything requested is in the bundle; the detail contains a remark for the reader, for
  /// example an encoding that had to be assumed, and is usually empty.
  record Collected(String detail) implements Outcome {
    public Collected() {
      this("");
    }
  }

  /// A part is in the bundle; the detail describes the missing part.
  record Partial(Reason reason, String detail) implements Outcome {}

  /// Nothing to collect, or known not to be possible here.
  record Skipped(Reason reason, String detail) implements Outcome {}

  /// Requested, but not received.
  record Failed(Reason reason, String detail) implements Outcome {}

  /// The run ended (deadline, signal) before the item did.
  record Cancelled(String detail) implements Outcome {}

  /// The spelling in manifests and messages, for example `collected`.
  default String label() {
    return switch (this) {
      case Collected _ -> "collected";
      case Partial _ -> "partial";
      case Skipped _ -> "skipped";
      case Failed _ -> "failed";
      case Cancelled _ -> "cancelled";
    };
  }

  /// The reason, if it has one: [Collected] needs none.
  default Optional<Reason> why() {
    return switch (this) {
      case Partial(Reason reason, String _) -> Optional.of(reason);
      case Skipped(Reason reason, String _) -> Optional.of(reason);
      case Failed(Reason reason, String _) -> Optional.of(reason);
      case Cancelled _ -> Optional.of(Reason.INTERRUPTED);
      case Collected _ -> Optional.empty();
    };
  }

  /// The details beyond the reason, in words; usually empty for [Collected].
  default String words() {
    return switch (this) {
      case Partial(Reason _, String detail) -> detail;
      case Skipped(Reason _, String detail) -> detail;
      case Failed(Reason _, String detail) -> detail;
      case Cancelled(String detail) -> detail;
      case Collected(String detail) -> detail;
    };
  }

  /// The same outcome with another detail.
  default Outcome withWords(String words) {
    return switch (this) {
      case Collected _ -> new Collected(words);
      case Partial(Reason reason, _) -> new Partial(reason, words);
      case Skipped(Reason reason, _) -> new Skipped(reason, words);
      case Failed(Reason reason, _) -> new Failed(reason, words);
      case Cancelled _ -> new Cancelled(words);
    };
  }

  /// Returns whether the bundle lacks something because of this outcome. A [Skipped] with reason
  /// [Reason#EMPTY] or [Reason#NOT_FOUND] leaves no gap: there was nothing to collect.
  default boolean leavesGap() {
    return switch (this) {
      case Collected _ -> false;
      case Skipped(Reason reason, _) -> reason != Reason.EMPTY && reason != Reason.NOT_FOUND;
      case Partial _, Failed _, Cancelled _ -> true;
    };
  }

  /// Returns whether it answers the request, completely or in part, even if only with the certainty
  /// that there is nothing.
  default boolean isAnswer() {
    return switch (this) {
      case Collected _, Partial _ -> true;
      case Skipped(Reason reason, _) -> reason == Reason.EMPTY;
      case Failed _, Cancelled _ -> false;
    };
  }
}

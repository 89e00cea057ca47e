package dev.diagbundle.model;

/// What came of one planned item. Every planned item ends in exactly one of these; nothing is lost
/// silently.
public sealed interface Outcome {
  /// Everything asked for is in the bundle.
  record Collected() implements Outcome {}

  /// A part is in the bundle; the detail says what is missing.
  record Partial(Reason reason, String detail) implements Outcome {}

  /// Nothing to collect, or not possible here, and known to be so.
  record Skipped(Reason reason, String detail) implements Outcome {}

  /// Asked for, and not got.
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

  /// Whether the bundle lacks something because of this outcome. A [Skipped] with reason
  /// [Reason#EMPTY] or [Reason#NOT_FOUND] leaves no gap: there was nothing to collect.
  default boolean leavesGap() {
    return switch (this) {
      case Collected _ -> false;
      case Skipped(Reason reason, _) -> reason != Reason.EMPTY && reason != Reason.NOT_FOUND;
      case Partial _, Failed _, Cancelled _ -> true;
    };
  }
}

package dev.diagbundle.describe;

/// The number of pods of one controller in each phase.
record PodCounts(int running, int waiting, int succeeded, int failed) {
  static final PodCounts NONE = new PodCounts(0, 0, 0, 0);

  /// The counts with one more pod; a pod of unknown phase is not counted, as in kubectl.
  PodCounts plus(String phase) {
    return switch (phase) {
      case "Running" -> new PodCounts(running + 1, waiting, succeeded, failed);
      case "Pending" -> new PodCounts(running, waiting + 1, succeeded, failed);
      case "Succeeded" -> new PodCounts(running, waiting, succeeded + 1, failed);
      case "Failed" -> new PodCounts(running, waiting, succeeded, failed + 1);
      default -> this;
    };
  }

  @Override
  public String toString() {
    return "%d Running / %d Waiting / %d Succeeded / %d Failed"
        .formatted(running, waiting, succeeded, failed);
  }
}

package dev.diagbundle.bundle.write;

/// The state of a [BundleWriter].
enum WriterState {
  OPEN,
  SEALING,
  SEALED,
  FINISHED,
  CLOSED;

  /// The state in which such entries are written.
  static WriterState of(Budget.Share share) {
    return switch (share) {
      case ITEM, RUN -> OPEN;
      case MANIFEST -> SEALING;
      case REPORT, CHECKSUMS -> SEALED;
    };
  }

  /// @throws IllegalStateException if it is not this one
  void require(WriterState actual) {
    if (actual != this) {
      throw new IllegalStateException("the bundle is " + actual + ", not " + this);
    }
  }
}

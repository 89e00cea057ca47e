package dev.diagbundle.bundle.read;

import java.io.IOException;

/// A false statement of a bundle about itself.
final class VerificationException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  VerificationException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /// The false statement.
  String sentence() {
    return sentence;
  }
}

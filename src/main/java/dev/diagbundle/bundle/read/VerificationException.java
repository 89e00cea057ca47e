package dev.diagbundle.bundle.read;

import java.io.IOException;

/// A bundle says something of itself that is not so.
final class VerificationException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  VerificationException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /// What is not so.
  String sentence() {
    return sentence;
  }
}

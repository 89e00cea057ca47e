package dev.diagbundle.bundle;

import java.io.IOException;

/// A bundle says something of itself that is not so.
final class LieException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String sentence;

  LieException(String sentence) {
    super(sentence);
    this.sentence = sentence;
  }

  /// What is not so.
  String sentence() {
    return sentence;
  }
}

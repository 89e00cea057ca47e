package dev.diagbundle.redact;

import module java.base;

/// A kind of secret and its detection in text: by a literal in it or before it, and the text around
/// that. Safe for use by many threads.
///
/// The text is streamed in parts, so a rule sees at most [Window#REACH] bytes from the literal on,
/// and [Window#CONTEXT] bytes before it. It reads them through the window only: if that ends too
/// early, the rule is called again when more text is available.
public interface TextRule {
  /// The name: lower-case words joined by dashes; it is part of the replacement.
  String name();

  /// The literals, in lower case; they are found in any case. A rule without a literal is never
  /// called.
  List<String> literals();

  /// The secret at one occurrence of a literal.
  ///
  /// @param start of the literal
  /// @param end of the literal
  Optional<SecretMatch> find(Window window, int start, int end);
}

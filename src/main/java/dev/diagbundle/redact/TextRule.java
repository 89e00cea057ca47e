package dev.diagbundle.redact;

import module java.base;

/// A kind of secret and how it is found in text: by a literal that stands in it or before it, and a
/// look at what is around that. Safe for use by many threads.
///
/// What is looked at goes by in parts, so a rule sees at most [Window#REACH] bytes from the literal
/// on, and [Window#CONTEXT] bytes before it. It reads them through the window only: if that ends
/// too early, the rule is asked again when more has come.
public interface TextRule {
  /// Lower-case words joined by dashes; it stands in place of what is found.
  String name();

  /// In lower case; they are found in any case. A rule without a literal is never asked.
  List<String> literals();

  /// The secret at one occurrence of a literal.
  ///
  /// @param start of the literal
  /// @param end of the literal
  Optional<SecretMatch> find(Window window, int start, int end);
}

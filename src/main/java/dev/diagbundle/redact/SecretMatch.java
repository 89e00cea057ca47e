package dev.diagbundle.redact;

import java.util.Optional;

/// The position of a secret in a [Window].
///
/// @param rest the bytes that still belong to it if it is longer than rules look ahead
/// @param before text before its replacement, so that JSON stays JSON
/// @param after text after its replacement
/// @param standIn its replacement; `[redacted:<rule>]` if empty
public record SecretMatch(
    int from, int to, ByteSet rest, String before, String after, Optional<String> standIn) {
  public SecretMatch {
    if (from > to) {
      throw new IllegalArgumentException("a secret ends at " + to + " before it begins at " + from);
    }
  }

  /// A secret whose replacement needs nothing around it.
  public SecretMatch(int from, int to, ByteSet rest) {
    this(from, to, rest, "", "");
  }

  /// A secret with this text around its replacement.
  public SecretMatch(int from, int to, ByteSet rest, String before, String after) {
    this(from, to, rest, before, after, Optional.empty());
  }

  /// Something that is called otherwise from now on.
  static SecretMatch renamed(int from, int to, String standIn) {
    return new SecretMatch(from, to, ByteSet.of(""), "", "", Optional.of(standIn));
  }

  /// A quote as in a text that was quoted this many times.
  ///
  /// @param backslashes before it
  static String quote(int backslashes) {
    return "\\".repeat(backslashes) + '"';
  }
}

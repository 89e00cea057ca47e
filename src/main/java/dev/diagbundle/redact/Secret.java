package dev.diagbundle.redact;

/// Where a secret stands in a [Window].
///
/// @param rest the bytes that still belong to it if it is longer than rules look ahead
/// @param before what is to stand before its stand-in, so that JSON stays JSON
/// @param after what is to stand behind its stand-in
public record Secret(int from, int to, ByteSet rest, String before, String after) {
  public Secret {
    if (from > to) {
      throw new IllegalArgumentException("a secret ends at " + to + " before it begins at " + from);
    }
  }

  /// A secret whose stand-in needs nothing around it.
  public Secret(int from, int to, ByteSet rest) {
    this(from, to, rest, "", "");
  }

  /// A quote as it stands in a text that was put into quotes so often.
  ///
  /// @param backslashes before it
  static String quote(int backslashes) {
    return "\\".repeat(backslashes) + '"';
  }
}

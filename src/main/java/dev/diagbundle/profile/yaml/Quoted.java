package dev.diagbundle.profile.yaml;

import dev.diagbundle.model.Printable;
import java.util.Collection;
import java.util.stream.Collectors;

/// Text from files, quoted for messages.
public final class Quoted {
  private static final int MAX = 80;

  private Quoted() {}

  public static String text(String text) {
    return "'" + Printable.line(text, MAX) + "'";
  }

  /// For example `'a', 'b'`.
  static String list(Collection<String> texts) {
    return texts.stream().map(Quoted::text).collect(Collectors.joining(", "));
  }
}

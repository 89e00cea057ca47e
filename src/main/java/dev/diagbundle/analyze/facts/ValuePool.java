package dev.diagbundle.analyze.facts;

import java.util.HashMap;
import java.util.Map;

/// One copy of each text: names, images and messages repeat from pod to pod.
public final class ValuePool {
  private static final int MAX_TEXTS = 50_000;

  private final Map<String, String> texts = new HashMap<>();

  /// The text that was given first and is equal.
  public String get(String text) {
    if (text.isEmpty()) {
      return "";
    }
    var known = texts.get(text);
    if (known != null) {
      return known;
    }
    if (texts.size() < MAX_TEXTS) {
      texts.put(text, text);
    }
    return text;
  }
}

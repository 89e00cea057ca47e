package dev.diagbundle.describe;

import java.util.HashMap;
import java.util.Map;

/// One instance for equal values: the pods of a cluster have few namespaces, nodes and amounts
/// between them, and 150,000 pods are kept at a time. Keep one pool for one list.
///
/// Not for use by several threads.
public final class Interner {
  private static final int MAX_VALUES = 20_000;
  private static final int MAX_TEXT = 256;

  private final Map<Object, Object> values = new HashMap<>();

  /// An empty pool.
  public Interner() {}

  /// The first value given that was equal, or this one if there is none or no room for it.
  @SuppressWarnings("unchecked") // equal values are of one class: strings, records, instants
  public <T> T shared(T value) {
    if (value instanceof String text && text.length() > MAX_TEXT) {
      return value;
    }
    var known = values.get(value);
    if (known != null) {
      return (T) known;
    }
    if (values.size() < MAX_VALUES) {
      values.put(value, value);
    }
    return value;
  }
}

package dev.diagbundle.model;

import module java.base;

/// A pool with one instance for equal values: the pods of a cluster have few namespaces, nodes and
/// amounts between them, and 150,000 pods are kept at a time. Keep one pool for one list.
///
/// Not for use by several threads.
public final class Interner {
  private final Map<Object, Object> values = new HashMap<>();
  private final int maxValues;
  private final int maxLength;

  /// An empty pool for short texts.
  public Interner() {
    this(20_000, 256);
  }

  /// @param maxValues that it holds
  /// @param maxLength of a text that it shares
  public Interner(int maxValues, int maxLength) {
    this.maxValues = maxValues;
    this.maxLength = maxLength;
  }

  /// The first value given that was equal, or this one if there is none or no room for it.
  @SuppressWarnings("unchecked") // equal values are of one class: strings, records, instants
  public <T> T shared(T value) {
    if (value instanceof String text && text.length() > maxLength) {
      return value;
    }
    var known = values.get(value);
    if (known != null) {
      return (T) known;
    }
    if (values.size() < maxValues) {
      values.put(value, value);
    }
    return value;
  }
}

package dev.diagbundle.bundle.read;

import module java.base;

import java.util.Objects;

/// A concatenated view of two unchanging lists.
final class JoinedList<T> extends AbstractList<T> implements RandomAccess {
  private final List<T> first;
  private final List<T> second;

  JoinedList(List<T> first, List<T> second) {
    this.first = first;
    this.second = second;
  }

  @Override
  public T get(int index) {
    Objects.checkIndex(index, size());
    return index < first.size() ? first.get(index) : second.get(index - first.size());
  }

  @Override
  public int size() {
    return first.size() + second.size();
  }
}

package dev.diagbundle.bundle.manifest;

import module java.base;

import java.util.Objects;

/// Some elements of another list, stored as indexes into it. A bundle recreates its entries and
/// items on each access; an index takes four bytes. For one thread.
public final class PickedList<T> extends AbstractList<T> implements RandomAccess {
  private final List<T> all;
  private int[] places = new int[2];
  private int size;

  /// An empty list.
  ///
  /// @param all the list to pick from
  public PickedList(List<T> all) {
    this.all = all;
  }

  /// Adds the element at the place of the other list.
  public void pick(int place) {
    if (size == places.length) {
      places = Arrays.copyOf(places, size * 2);
    }
    places[size++] = place;
  }

  /// Adds the elements that another such list has picked from the same list.
  public void pickAll(PickedList<T> other) {
    for (int i = 0; i < other.size; i++) {
      pick(other.places[i]);
    }
  }

  @Override
  public T get(int index) {
    return all.get(places[Objects.checkIndex(index, size)]);
  }

  @Override
  public int size() {
    return size;
  }
}

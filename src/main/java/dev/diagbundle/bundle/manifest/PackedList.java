package dev.diagbundle.bundle.manifest;

import module java.base;

import java.util.Objects;

/// An unmodifiable list whose elements are kept as bytes and recreated on each access: a third of
/// their size as objects, and a large bundle has 100,000. Safe for use by many threads.
public final class PackedList<T> extends AbstractList<T> implements RandomAccess {
  private static final int CHUNK_BITS = 16;
  private static final int CHUNK = 1 << CHUNK_BITS;

  /// The serialization of elements.
  public interface Form<T> {
    void write(T element, PackedOutput out);

    T read(PackedInput in);
  }

  private final Form<T> form;
  private final byte[][] chunks;
  private final int[] places;
  private final int size;

  private PackedList(Form<T> form, byte[][] chunks, int[] places, int size) {
    this.form = form;
    this.chunks = chunks;
    this.places = places;
    this.size = size;
  }

  /// The list of these elements; itself if it is packed already.
  static <T> List<T> copyOf(List<? extends T> elements, Form<T> form) {
    if (elements instanceof PackedList<?> packed && packed.form.equals(form)) {
      // Nobody can add to it, so that a list of some T is a list of T.
      @SuppressWarnings("unchecked")
      var same = (List<T>) packed;
      return same;
    }
    var builder = new Builder<T>(form);
    elements.forEach(builder::add);
    return builder.list();
  }

  @Override
  public T get(int index) {
    Objects.checkIndex(index, size);
    int place = places[index];
    return form.read(new PackedInput(chunks[place >>> CHUNK_BITS], place & (CHUNK - 1)));
  }

  @Override
  public int size() {
    return size;
  }

  /// A builder that collects elements. For one thread at a time; its lists are for any.
  public static final class Builder<T> {
    private final Form<T> form;
    private final PackedOutput element = new PackedOutput();
    private final List<byte[]> full = new ArrayList<>();
    private byte[] chunk = new byte[1024];
    private int[] places = new int[64];
    private int used;
    private int size;

    public Builder(Form<T> form) {
      this.form = form;
    }

    public void add(T value) {
      element.reset();
      form.write(value, element);
      int length = element.size();
      if (used > 0 && used + length > CHUNK) {
        full.add(Arrays.copyOf(chunk, used));
        chunk = new byte[CHUNK];
        used = 0;
      }
      if (used + length > chunk.length) {
        // Lists that were returned keep the old one. Only a large element makes it larger than
        // CHUNK, and then it is its first.
        chunk = Arrays.copyOf(chunk, Math.max(used + length, Math.min(CHUNK, chunk.length * 2)));
      }
      element.copyTo(chunk, used);
      if (size == places.length) {
        places = Arrays.copyOf(places, size + (size >> 1));
      }
      if (full.size() >= CHUNK) {
        throw new IllegalStateException("more than 4 GB of elements");
      }
      places[size++] = (full.size() << CHUNK_BITS) | used;
      used += length;
    }

    /// The list of the elements added so far.
    public List<T> list() {
      var chunks = full.toArray(new byte[full.size() + 1][]);
      chunks[full.size()] = chunk;
      // Later elements are written after those of this list.
      return new PackedList<>(form, chunks, places, size);
    }
  }
}

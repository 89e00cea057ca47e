package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.DeadlineExceededException;
import dev.diagbundle.model.EntryPath;

/// The contents of a bundle, readable only until a time is up, and only while there is memory. For
/// one thread.
///
/// A machine that has hardly any memory left may spend minutes on finding a little more before it
/// gives up. The VM clears soft references shortly before that
/// ([SoftReference](https://docs.oracle.com/en/java/javase/25/docs/api/java.base/java/lang/ref/SoftReference.html)),
/// so a cleared one is the signal to stop.
///
/// @param up true if the time is up; called before every read
/// @param spare reference that is cleared when memory is scarce
record TimedContents(BundleContents contents, BooleanSupplier up, SoftReference<Object> spare)
    implements BundleContents {
  TimedContents(BundleContents contents, BooleanSupplier up) {
    this(contents, up, new SoftReference<>(new Object()));
  }

  @Override
  public Manifest manifest() {
    return contents.manifest();
  }

  @Override
  public String manifestSha256() {
    return contents.manifestSha256();
  }

  @Override
  public Optional<Entry> find(EntryPath path) {
    return contents.find(path);
  }

  @Override
  public InputStream open(Entry entry) throws IOException {
    requireTime();
    return new TimedStream(contents.open(entry));
  }

  /// @throws OutOfMemoryError as the VM would later
  private void requireTime() throws DeadlineExceededException {
    if (spare.get() == null) {
      throw new OutOfMemoryError("low memory");
    }
    if (up.getAsBoolean()) {
      throw new DeadlineExceededException();
    }
  }

  private final class TimedStream extends FilterInputStream {
    private TimedStream(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      requireTime();
      return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      requireTime();
      return super.read(bytes, from, count);
    }
  }
}

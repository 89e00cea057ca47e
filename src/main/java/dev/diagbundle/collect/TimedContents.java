package dev.diagbundle.collect;

import dev.diagbundle.bundle.BundleContents;
import dev.diagbundle.bundle.Entry;
import dev.diagbundle.bundle.Manifest;
import dev.diagbundle.bundle.TimeUpException;
import dev.diagbundle.model.EntryPath;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A bundle whose files can be read only until a time is up.
///
/// @param up whether it is; asked before every read
record TimedContents(BundleContents contents, BooleanSupplier up) implements BundleContents {
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

  private void requireTime() throws TimeUpException {
    if (up.getAsBoolean()) {
      throw new TimeUpException();
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

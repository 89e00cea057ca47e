package dev.diagbundle.collect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.DeadlineExceededException;
import dev.diagbundle.model.EntryPath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/// Reading for the analysis at the end of a run: it must not keep the bundle waiting.
final class TimedContentsTest {
  private static final Entry ENTRY =
      new Entry(new EntryPath("x.log"), 3, "", 0, 3, 1, Instant.EPOCH, "", Map.of());

  private final AtomicBoolean up = new AtomicBoolean();
  private final SoftReference<Object> spare = new SoftReference<>(new Object());
  private final TimedContents contents = new TimedContents(new OneFile(), up::get, spare);

  /// Three bytes under any name.
  private static final class OneFile implements BundleContents {
    @Override
    public Manifest manifest() {
      throw new UnsupportedOperationException();
    }

    @Override
    public String manifestSha256() {
      return "";
    }

    @Override
    public Optional<Entry> find(EntryPath path) {
      return Optional.of(ENTRY);
    }

    @Override
    public InputStream open(Entry entry) {
      return new ByteArrayInputStream(new byte[3]);
    }
  }

  @Test
  void filesEndWhenTheTimeIsUp() throws Exception {
    try (var file = contents.open(ENTRY)) {
      assertEquals(0, file.read());
      up.set(true);
      assertThrows(DeadlineExceededException.class, file::read);
      assertThrows(DeadlineExceededException.class, () -> contents.open(ENTRY));
    }
  }

  @Test
  void readingEndsBeforeTheMemoryDoes() throws Exception {
    try (var file = contents.open(ENTRY)) {
      assertEquals(0, file.read());
      // What the VM does when memory is scarce.
      spare.clear();
      assertThrows(OutOfMemoryError.class, file::read);
    }
  }
}

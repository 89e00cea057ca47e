package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.model.EntryPath;

/// A copy of a content member from one archive to another: its bytes are spooled unchanged and
/// their content is verified.
final class MemberCopy {
  private MemberCopy() {}

  /// Appends the entry. The path is claimed already, and is released if it fails.
  ///
  /// @param spool empty; this closes it
  static Entry append(
      BundleWriter bundle, Spool spool, EntryPath path, String item, Entry from, InputStream member)
      throws IOException {
    boolean copied = false;
    try (spool) {
      check(from, new Copying(member, spool));
      var draft =
          new Entry(
              path,
              from.bytes(),
              from.sha256(),
              0,
              spool.length(),
              from.lines(),
              TarHeader.storable(from.modified()),
              item,
              from.redactions());
      var opening = EntrySpec.of(path, item, draft.modified(), Optional.empty());
      var entry = bundle.append(opening, draft, spool, StampSpan.Found.NONE, List.of());
      copied = true;
      return entry;
    } finally {
      if (!copied) {
        bundle.release(path);
      }
    }
  }

  private static void check(Entry from, InputStream member) throws IOException {
    var name = from.path().value();
    var digest = Checksums.newDigest();
    long lines = 0;
    try (var content = new MemberInputStream(member, from.compressedBytes(), from.bytes(), name)) {
      var buffer = new byte[16 * 1024];
      for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
        digest.update(buffer, 0, got);
        for (int i = 0; i < got; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    if (lines != from.lines() || !HexFormat.of().formatHex(digest.digest()).equals(from.sha256())) {
      throw new IOException("'" + name + "' is not what its bundle says it is");
    }
  }

  /// Keeps what is read through it.
  private static final class Copying extends FilterInputStream {
    private final Spool spool;

    Copying(InputStream member, Spool spool) {
      super(member);
      this.spool = spool;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int got = in.read(bytes, from, count);
      if (got > 0) {
        try {
          spool.write(bytes, from, got);
        } catch (IOException e) {
          throw new StorageException("cannot spool: " + e.getMessage(), e);
        }
      }
      return got;
    }
  }
}

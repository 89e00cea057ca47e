package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.archive.StorageException;

/// The temporary file with the content members of deferred entries. Not for several threads.
/// Closing removes it.
final class DeferredFile implements Closeable {
  private static final int BUFFER = 64 * 1024;

  private final RandomAccessFile file;
  private final BundleFile reader;
  private long length;

  DeferredFile(SpoolFolder spools) throws IOException {
    this.file = spools.open();
    this.reader = new BundleFile(file);
  }

  long length() {
    return length;
  }

  /// Adds a member.
  ///
  /// @return its offset
  /// @throws StorageException if the disk fails; what was added before is still there
  long add(ArchiveWriter.Member member, long bytes) throws IOException {
    try {
      file.seek(length);
      member.copyTo(file::write);
    } catch (IOException e) {
      throw new StorageException("cannot spool: " + e.getMessage(), e);
    }
    long offset = length;
    length += bytes;
    return offset;
  }

  /// Hands over the member of an entry.
  void copy(DeferredEntry entry, Spool.Sink sink) throws IOException {
    var buffer = new byte[BUFFER];
    try (var in = reader.part(entry.offset(), entry.draft().compressedBytes())) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        sink.take(buffer, 0, count);
      }
    }
  }

  /// The content of an entry. The caller closes it.
  InputStream open(DeferredEntry entry) {
    var draft = entry.draft();
    return new MemberInputStream(
        reader.part(entry.offset(), draft.compressedBytes()),
        draft.compressedBytes(),
        draft.bytes(),
        draft.path().value());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}

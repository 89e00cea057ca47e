package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.BlockOutputStream;
import org.jspecify.annotations.Nullable;

/// A temporary file with the contents of a non-seekable archive, each as a lightly compressed
/// member. Written by one thread, then read by any number. Closing removes it.
public final class ContentSpool implements Closeable {
  private final Path parent;
  private final FileOpener opener;
  private @Nullable SpoolFolder folder;
  private @Nullable RandomAccessFile file;
  private @Nullable BundleFile contents;
  private long length;

  /// @param parent the folder for temporary files; nothing is created in it before the first member
  ContentSpool(Path parent, FileOpener opener) {
    this.parent = parent;
    this.opener = opener;
  }

  /// A spool in the system's folder for temporary files.
  public static ContentSpool temporary() {
    return new ContentSpool(Path.of(System.getProperty("java.io.tmpdir")), FileOpener.ofDisk());
  }

  /// The position of the next member.
  public long length() {
    return length;
  }

  /// Starts a member. Closing it ends the member.
  public OutputStream begin() throws IOException {
    try {
      var target = new Appending(file());
      return new GZIPOutputStream(new BufferedOutputStream(target, 64 * 1024)) {
        {
          def.setLevel(Deflater.BEST_SPEED);
        }
      };
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /// The bytes of a member that was ended.
  public InputStream part(long offset, long compressedBytes) {
    if (contents == null) {
      throw new IllegalStateException("nothing was spooled");
    }
    return contents.part(offset, compressedBytes);
  }

  @Override
  public void close() throws IOException {
    if (contents != null) {
      contents.close();
    }
    if (folder != null) {
      folder.close();
    }
  }

  private RandomAccessFile file() throws IOException {
    if (file == null) {
      folder = new SpoolFolder(parent, opener);
      file = folder.open();
      contents = new BundleFile(file);
      try {
        // Gone at once where an open file needs no name, so that a killed reader leaves nothing.
        folder.close();
      } catch (IOException _) {
        // Windows; close() tries again.
      }
    }
    return file;
  }

  private StorageException failed(IOException e) {
    return new StorageException(
        "cannot keep what is read in the temporary folder '" + parent + "': " + e.getMessage(), e);
  }

  private final class Appending extends BlockOutputStream {
    private final RandomAccessFile target;

    Appending(RandomAccessFile target) {
      this.target = target;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      try {
        target.write(bytes, from, count);
      } catch (IOException e) {
        throw failed(e);
      }
      length += count;
    }
  }
}

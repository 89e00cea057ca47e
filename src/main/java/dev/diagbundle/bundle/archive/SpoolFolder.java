package dev.diagbundle.bundle.archive;

import module java.base;

/// The hidden folder for large entries until they are appended. Safe for use by several threads.
/// Closing removes it and what is left in it.
public final class SpoolFolder implements Closeable {
  private final Path folder;
  private final FileOpener opener;
  private final AtomicLong files = new AtomicLong();

  public SpoolFolder(Path parent, FileOpener opener) throws IOException {
    this.folder = PrivateFiles.createFolderIn(parent);
    this.opener = opener;
  }

  /// Opens a new file that has lost its name already, so that a killed run leaves nothing behind.
  /// The caller closes it.
  public RandomAccessFile open() throws IOException {
    var path = folder.resolve(files.incrementAndGet() + ".gz");
    PrivateFiles.createFile(path);
    var file = opener.open(path);
    try {
      Files.delete(path);
    } catch (IOException _) {
      // Windows keeps the name of an open file; there, close() removes it.
    }
    return file;
  }

  /// The free bytes of its disk.
  public long freeBytes() throws IOException {
    return Files.getFileStore(folder).getUsableSpace();
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(folder);
  }
}

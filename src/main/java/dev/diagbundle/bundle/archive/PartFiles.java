package dev.diagbundle.bundle.archive;

import module java.base;

/// The numbered files that a finished bundle is split into: `x.tar.gz.001`, `x.tar.gz.002`. They
/// get their names when all of them are complete, the first one last: without it, the others are
/// not recognized as a bundle.
///
/// @param target the name of the bundle if it were one file
/// @param partBytes size of each part but the last
public record PartFiles(Path target, long partBytes) {
  private static final int BUFFER = 64 * 1024;

  /// The minimum number of digits, so that names sort like numbers.
  private static final int MIN_DIGITS = 3;

  /// Splits the file, which is kept. Parts of an older bundle of this name are replaced.
  ///
  /// @return the parts in their order
  /// @throws StorageException if the disk fails; there is no part then
  public List<Path> write(Path whole, FileOpener opener) throws IOException {
    var parts = names(Files.size(whole));
    var drafts = parts.stream().map(PartFiles::draft).toList();
    int named = parts.size();
    try {
      try (var file = new RandomAccessFile(whole.toFile(), "r")) {
        for (Path draft : drafts) {
          writePart(file, draft, opener);
        }
      }
      deleteOlder();
      for (int i = parts.size() - 1; i >= 0; i--) {
        Files.move(drafts.get(i), parts.get(i), StandardCopyOption.ATOMIC_MOVE);
        named = i;
      }
    } catch (IOException e) {
      for (Path draft : drafts) {
        Files.deleteIfExists(draft);
      }
      for (Path part : parts.subList(named, parts.size())) {
        Files.deleteIfExists(part);
      }
      throw new StorageException("cannot split: " + e.getMessage(), e);
    }
    return parts;
  }

  private List<Path> names(long bytes) {
    long count = Math.max(1, Math.ceilDiv(bytes, partBytes));
    int digits = Math.max(MIN_DIGITS, Long.toString(count).length());
    var names = new ArrayList<Path>();
    for (long number = 1; number <= count; number++) {
      var suffix = String.format("%0" + digits + "d", number);
      names.add(target.resolveSibling(target.getFileName() + "." + suffix));
    }
    return names;
  }

  private static Path draft(Path part) {
    return part.resolveSibling(part.getFileName() + ".partial");
  }

  /// Not with a `FileChannel`, which an interrupt closes.
  private void writePart(RandomAccessFile from, Path draft, FileOpener opener) throws IOException {
    Files.deleteIfExists(draft);
    PrivateFiles.createFile(draft);
    try (var part = opener.open(draft)) {
      var buffer = new byte[BUFFER];
      long left = partBytes;
      while (left > 0) {
        int count = from.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
          break;
        }
        part.write(buffer, 0, count);
        left -= count;
      }
      part.getFD().sync();
    }
  }

  /// Before any part has its name, so that parts of two bundles are never mistaken for one.
  private void deleteOlder() throws IOException {
    for (Path old : BundleParts.numberedOf(target)) {
      Files.deleteIfExists(old);
    }
    Files.deleteIfExists(target);
  }
}

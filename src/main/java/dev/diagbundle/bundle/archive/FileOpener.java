package dev.diagbundle.bundle.archive;

import module java.base;

/// A factory of the files that a bundle is written to. Tests put a failing disk in its place.
///
/// The type is [RandomAccessFile] because, unlike a `FileChannel`, it survives the interrupt of a
/// thread that is using it.
@FunctionalInterface
public interface FileOpener {
  /// Opens an existing, empty file for reading and writing. The caller closes it.
  RandomAccessFile open(Path file) throws IOException;

  /// Opens files of the default file system.
  static FileOpener ofDisk() {
    return file -> new RandomAccessFile(file.toFile(), "rw");
  }
}

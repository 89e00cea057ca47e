package dev.diagbundle.bundle.archive;

import module java.base;

/// Creation of files and folders that are readable only by their owner from the start.
public final class PrivateFiles {
  private PrivateFiles() {}

  /// Creates an empty file with mode 0600.
  public static void createFile(Path file) throws IOException {
    Files.createFile(file, mode(file, "rw-------"));
  }

  /// Creates a hidden folder with mode 0700 and a name that is not taken.
  static Path createFolderIn(Path parent) throws IOException {
    return Files.createTempDirectory(parent, ".diagbundle-", mode(parent, "rwx------"));
  }

  private static FileAttribute<?>[] mode(Path path, String mode) {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return new FileAttribute<?>[0];
    }
    return new FileAttribute<?>[] {
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
    };
  }
}

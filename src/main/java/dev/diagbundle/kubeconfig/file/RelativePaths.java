package dev.diagbundle.kubeconfig.file;

import module java.base;

/// The paths in a kubeconfig, relative to the folder of the file. Links are not followed for that,
/// as in client-go.
///
/// @param kubeconfig the file
record RelativePaths(Path kubeconfig) {
  String absolute(String path) {
    if (new File(path).isAbsolute()) {
      return path;
    }
    var folder = kubeconfig.toFile().getAbsoluteFile().getParentFile();
    try {
      return new File(folder, path).toPath().normalize().toString();
    } catch (InvalidPathException _) {
      // Opening it fails in words.
      return path;
    }
  }

  /// A command: a bare name is left to the search in `PATH`.
  String command(String command) {
    return command.contains(File.separator) || command.contains("/") ? absolute(command) : command;
  }
}

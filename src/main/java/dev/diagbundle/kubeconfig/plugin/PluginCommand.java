package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import java.util.regex.Pattern;

/// The executable of a credential plugin, found as Go does it (`exec.LookPath`): a path is taken as
/// it is; a bare name is searched in `PATH`, but never in the working folder.
final class PluginCommand {
  private static final boolean WINDOWS = File.separatorChar == '\\';

  private PluginCommand() {}

  /// The path of the executable; empty if there is none.
  ///
  /// @param command absolute path, or a bare name
  static Optional<String> find(String command, Map<String, String> environment) {
    if (command.contains("/") || command.contains(File.separator)) {
      return Optional.of(command);
    }
    var folders = environment.getOrDefault("PATH", environment.getOrDefault("Path", ""));
    for (String folder : folders.split(Pattern.quote(File.pathSeparator), -1)) {
      for (String suffix : suffixes(command, environment)) {
        var file = new File(folder.isEmpty() ? "." : folder, command + suffix);
        if (file.isFile() && file.canExecute()) {
          // A match in the working folder ends the search, so that no later one replaces it.
          return file.isAbsolute() ? Optional.of(file.getPath()) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static List<String> suffixes(String command, Map<String, String> environment) {
    if (!WINDOWS || command.indexOf('.') >= 0) {
      return List.of("");
    }
    return List.of(environment.getOrDefault("PATHEXT", ".COM;.EXE;.BAT;.CMD").split(";", -1));
  }
}

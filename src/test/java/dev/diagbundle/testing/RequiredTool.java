package dev.diagbundle.testing;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A program of the machine that a test needs.
///
/// @param path where it was found
public record RequiredTool(Path path) {
  /// What one run of it gave.
  ///
  /// @param exitCode 0 if it was content
  /// @param out all of its standard output
  /// @param err all of its standard error
  public record Result(int exitCode, String out, String err) {}

  /// The program, looked up in `PATH`. Without it the test is skipped, or fails where the
  /// environment variable `CI` is `true`, so that the gate cannot be passed by skipping.
  public static RequiredTool require(String name) {
    var found = find(name);
    if (found.isEmpty()) {
      var message = "this test needs '" + name + "', which is not installed";
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return new RequiredTool(found.orElseThrow());
  }

  /// Runs it in a folder and waits for its end.
  public Result run(Path folder, String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(path.toString());
    command.addAll(List.of(arguments));
    var err = Files.createTempFile("tool", ".err");
    try {
      var builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.redirectError(err.toFile());
      var process = builder.start();
      process.getOutputStream().close();
      var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), out, Files.readString(err));
    } finally {
      Files.delete(err);
    }
  }

  private static Optional<Path> find(String name) {
    var folders = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Pattern.compile(Pattern.quote(File.pathSeparator))
        .splitAsStream(folders)
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst();
  }
}

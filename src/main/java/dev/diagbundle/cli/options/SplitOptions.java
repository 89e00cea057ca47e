package dev.diagbundle.cli.options;

import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Whether a bundle is written as one file or as several.
public final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description =
          "Write files of this size, as in 25MB: FILE.001, FILE.002, … Every command reads them by"
              + " the name of FILE, and 'cat FILE.*' joins them.")
  private @Nullable Long partBytes;

  /// The size of the parts; one file, if empty.
  ///
  /// @param output the bundle's file, if it was named
  public OptionalLong partBytes(Optional<Path> output) throws DiagbundleException {
    if (partBytes == null) {
      return OptionalLong.empty();
    }
    if (output.filter(file -> file.toString().equals("-")).isPresent()) {
      throw new DiagbundleException(
          Problem.usage("--split writes files; it cannot go with '-o -', standard output"));
    }
    if (partBytes < WriterOptions.MIN_PART_BYTES) {
      var least = WriterOptions.MIN_PART_BYTES / 1024 + " KiB";
      throw new DiagbundleException(Problem.usage("parts of --split have at least " + least));
    }
    return OptionalLong.of(partBytes);
  }
}

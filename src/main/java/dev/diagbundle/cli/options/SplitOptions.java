package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The option to split a bundle into parts.
public final class SplitOptions {
  @Option(
      names = "--split",
      paramLabel = "SIZE",
      converter = Converters.OfBytes.class,
      description = "Size of the parts to split the bundle into, as in 25MB: FILE.001, FILE.002, …")
  private @Nullable Long partBytes;

  /// The size of the parts; empty for one file.
  ///
  /// @param output the file of the bundle, if it is given
  public OptionalLong partBytes(Optional<Path> output) throws DiagbundleException {
    if (partBytes == null) {
      return OptionalLong.empty();
    }
    if (output.filter(file -> file.toString().equals("-")).isPresent()) {
      throw new DiagbundleException(
          Problem.usage("--split cannot be combined with '-o -' (standard output)"));
    }
    if (partBytes < WriterOptions.MIN_PART_BYTES) {
      var least = WriterOptions.MIN_PART_BYTES / 1024 + " KiB";
      throw new DiagbundleException(Problem.usage("--split: minimum part size is " + least));
    }
    return OptionalLong.of(partBytes);
  }
}

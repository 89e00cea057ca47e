package dev.diagbundle.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.diagbundle.bundle.archive.Identities;
import dev.diagbundle.bundle.read.BundleSource;
import dev.diagbundle.bundle.read.BundleVerifier;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// What every bundle must be, however its run has ended: whole for plain `tar`, which knows nothing
/// of us, and as it says of itself.
public final class WholeBundle {
  private WholeBundle() {}

  /// @param files the bundle, or its parts in their order
  public static void require(Path... files) throws Exception {
    var command = new StringBuilder("cat");
    for (Path file : files) {
      command.append(" '").append(file.toAbsolutePath()).append('\'');
    }
    var listed = RequiredTool.require("sh").run(Path.of("."), "-c", command + " | tar tzf -");
    assertEquals("", listed.err());
    assertEquals(0, listed.exitCode());
    assertFalse(listed.out().isEmpty());
    var source =
        BundleSource.of(files[0].toString(), InputStream.nullInputStream(), Identities.NONE);
    assertEquals(Optional.empty(), BundleVerifier.verify(source).lie());
  }
}

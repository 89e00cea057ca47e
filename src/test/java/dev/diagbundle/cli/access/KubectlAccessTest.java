package dev.diagbundle.cli.access;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.testing.RequiredTool;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whether a configuration leads the program where it leads kubectl: to the same server, as the
/// same user, by the same proxy, with the same server name and certificate.
@Tag("kubectl")
final class KubectlAccessTest {
  @TempDir private static Path folder = Path.of("");
  private static @Nullable AccessLab shared;

  @BeforeAll
  static void open() throws Exception {
    shared = new AccessLab(folder.toRealPath(), RequiredTool.require("kubectl"));
  }

  @AfterAll
  static void close() throws Exception {
    if (shared != null) {
      shared.close();
    }
  }

  @ParameterizedTest
  @MethodSource("dev.diagbundle.cli.access.AccessMatrix#all")
  void programGetsInAsKubectlDoes(AccessCase test) throws Exception {
    Objects.requireNonNull(shared).compare(test);
  }

  @Test
  void matrixIsLarge() {
    assertTrue(AccessMatrix.all().count() >= 150);
  }
}

package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ErrorLineTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T00:00:00Z ERROR cannot open",
        "{\"level\":\"error\",\"msg\":\"x\"}",
        "level=fatal msg=x",
        "error",
        "panic: runtime error",
        "Failed to pull image",
        "probe failure",
        "open x: err=\"no such file\"",
        "java.lang.NullPointerException: null",
        "Unhandled exception.",
        "E0314 09:26:53.589793       1 reflector.go:205] x",
        "Mar 14 09:26:53 n kubelet[7]: F0314 09:26:53.589793 1 x.go:1] x",
        "\u001b[31mERROR\u001b[0m no",
        "\u001b[1;31mfatal",
        "[CRITICAL] x"
      })
  void wordOrLevelSaysThatSomethingWentWrong(String line) {
    assertTrue(is(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "all is well",
        "no errors",
        "terror",
        "failing over",
        "prefer=x",
        "I0314 09:26:53.589793       1 reflector.go:205] x",
        "E0314",
        "xE0314 09:26:53.589793",
        "mfatal",
        "err =",
        "\u001b[31mterror"
      })
  void otherLinesSayNothing(String line) {
    assertFalse(is(line));
  }

  private static boolean is(String line) {
    var bytes = line.getBytes(StandardCharsets.UTF_8);
    return ErrorLine.is(bytes, bytes.length);
  }
}

package dev.diagbundle.collect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerFileNameTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x.log",
        "1.log.tmp",
        "1.log.20261121-034100.gz.tmp",
        "1.log.a b",
        "1.log.<b>",
        "1.log.a/b",
        "1.log\n",
        "-1.log",
        "9999999999.log",
        "1.logs",
        "..",
        ""
      })
  void hostileAndUnfinishedNamesAreNoLogs(String name) {
    assertEquals(Optional.empty(), ContainerFileName.parse(name));
  }

  @Test
  void newestFileIsFirstAndOfTwoFormsOneIsTaken() {
    assertEquals(
        List.of("10.log", "9.log", "9.log.20261121-030000", "9.log.20261121-020000.gz", "0.log.1"),
        ContainerFileName.among(
                List.of(
                    "0.log.1",
                    "10.log",
                    "9.log",
                    "9.log.20261121-020000",
                    "9.log.20261121-020000.gz",
                    "9.log.20261121-030000",
                    "core"))
            .stream()
            .map(ContainerFileName::text)
            .toList());
  }

  @Test
  void stampInANameCountsInWhateverZone() {
    var name = ContainerFileName.parse("0.log.20261121-030000.gz").orElseThrow();
    assertFalse(name.wasRotatedBefore(Instant.parse("2026-11-22T02:59:59Z")));
    assertTrue(name.wasRotatedBefore(Instant.parse("2026-11-22T03:00:01Z")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.log", "0.log.1", "0.log.20261399-030000", "0.log.gz"})
  void nameWithoutATimeMayBeOfAnyTime(String name) {
    var parsed = ContainerFileName.parse(name).orElseThrow();
    assertFalse(parsed.wasRotatedBefore(Instant.parse("2030-01-01T00:00:00Z")));
  }
}

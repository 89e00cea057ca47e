package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KubeletVersionTest {
  @ParameterizedTest
  @CsvSource({
    "v1.31.4+rke2r1, 1, 31, 4, ''",
    "v1.29.0-rc.1, 1, 29, 0, rc.1",
    "v1.30.9-eks-8cce635, 1, 30, 9, ''",
    "v1.30.9-gke.1009000, 1, 30, 9, ''",
    "v1.33.0-alpha.2+deadbeef, 1, 33, 0, alpha.2",
    "1.36.2, 1, 36, 2, ''",
    "v2.0.0, 2, 0, 0, ''"
  })
  void versionsAreReadWithWhatVendorsAdd(
      String text, int major, int minor, int patch, String prerelease) {
    assertEquals(
        Optional.of(new KubeletVersion(major, minor, patch, prerelease)),
        KubeletVersion.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1.31", "unknown", "v1.31.x", "v1.31.99999999999", "v1.31.4 x"})
  void otherTextsAreNoVersions(String text) {
    assertEquals(Optional.empty(), KubeletVersion.parse(text));
  }

  @Test
  void versionsAreOrderedAsReleasesAre() {
    var ordered =
        Stream.of(
                "v1.9.10",
                "v1.29.0-alpha.3",
                "v1.29.0-beta.0",
                "v1.29.0-rc.1",
                "v1.29.0-rc.10",
                "v1.29.0",
                "v1.29.2",
                "v1.29.10",
                "v1.30.0")
            .map(text -> KubeletVersion.parse(text).orElseThrow())
            .toList();
    assertEquals(ordered, ordered.reversed().stream().sorted().toList());
  }

  @ParameterizedTest
  @CsvSource({
    "v1.27.16, false",
    "v1.28.15, false",
    "v1.29.12, false",
    "v1.29.13, true",
    "v1.29.13-eks-8cce635, true",
    "v1.30.8+k3s1, false",
    "v1.30.9, true",
    "v1.31.4+rke2r1, false",
    "v1.31.5, true",
    "v1.32.0, false",
    "v1.32.1-rc.0, false",
    "v1.32.1, true",
    "v1.36.0, true"
  })
  void patternIsSafeOnWindowsOnlyWhereTheHoleIsClosed(String text, boolean safe) {
    var version = KubeletVersion.parse(text).orElseThrow();
    assertEquals(safe, version.takesPatternSafely(true));
    assertTrue(version.takesPatternSafely(false));
  }

  @ParameterizedTest
  @CsvSource({
    "v1.28.3, kubelet, true",
    "v1.28.3, getty@tty1, true",
    "v1.28.3, a.b, false",
    "v1.28.3, a:b, false",
    "v1.29.0, a.b, true",
    "v1.29.0, a:b, true",
    "v1.36.0, Service Control Manager, false",
    "v1.36.0, '', false"
  })
  void serviceNamesHaveTheAlphabetOfTheVersion(String version, String name, boolean taken) {
    assertEquals(taken, KubeletVersion.parse(version).orElseThrow().takesServiceName(name));
  }
}

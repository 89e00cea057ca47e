package dev.diagbundle.profile.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {
  private static final List<String> CANDIDATES =
      List.of("services", "selector", "tailLines", "dns", "windows-cni");

  @ParameterizedTest
  @CsvSource({
    "servces, services",
    "service, services",
    "SERVICES, services",
    "sevrices, services",
    "dsn, dns",
    "tail, tailLines",
    "windows, windows-cni"
  })
  void aTypoFindsItsWord(String typo, String word) {
    assertEquals(Optional.of(word), Suggestion.forTypo(typo, CANDIDATES));
  }

  @ParameterizedTest
  @CsvSource({"zzz", "boot", "win", "''"})
  void aDifferentWordFindsNothing(String word) {
    assertEquals(Optional.empty(), Suggestion.forTypo(word, CANDIDATES));
  }

  @Test
  void aHugeWordIsNotCompared() {
    assertEquals(Optional.empty(), Suggestion.forTypo("s".repeat(1 << 20), CANDIDATES));
  }

  @Test
  void aQuestionEndsAMessage() {
    assertEquals(", did you mean 'dns'?", Suggestion.question("dnss", CANDIDATES));
    assertEquals("", Suggestion.question("zzz", CANDIDATES));
  }
}

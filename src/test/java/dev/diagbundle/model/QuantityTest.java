package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "1000m, 1",
    "0.5, 500m",
    "1.5Gi, 1536Mi",
    "1024Mi, 1Gi",
    "1000Mi, 1000Mi",
    "0.5Gi, 512Mi",
    "0.5Ki, 512",
    "1.1Ki, 1126400m",
    "0.0001Ki, 102400u",
    "1000k, 1M",
    "12E2, 1200",
    "1e3, 1e3",
    "1E3, 1e3",
    "1E, 1E",
    "1e-2, 10e-3",
    "+5, 5",
    "-1500m, -1500m",
    "1., 1",
    ".5, 500m",
    "007, 7",
    "0.1m, 100u",
    "0.1n, 1n",
    "0Mi, 0",
    "0e5, 0",
    "16323028Ki, 16323028Ki",
    "96625420948, 96625420948",
    "107374182400m, 107374182400m",
    "1000E, 1000E",
    "8Ei, 9223372036854775807",
    "1Ei, 1Ei",
    "123456789012345678901234567890, 123456789012345678901234567890",
    "100000000000000000000000, 100000E",
  })
  void quantitiesHaveTheCanonicalForm(String written, String canonical) {
    assertEquals(canonical, Quantity.canonical(written));
  }

  @ParameterizedTest
  @CsvSource({
    "1Gi, 170Mi, 1194Mi",
    "128974848, 50Mi, 181403648",
    "50Mi, 128974848, 173Mi",
    "64Mi, 64M, 128036Ki",
    "0, 50Mi, 50Mi",
    "107374182400m, 32Mi, 140928614400m",
  })
  void sumsKeepTheNotationOfTheirFirstTerm(String one, String other, String sum) {
    assertEquals(sum, quantity(one).plus(quantity(other)).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "1 Gi", "ten", "1KiB", "1K", "--1", "1e", "e3", ".", "0x10", "1Gi\n", "NaN"
      })
  void whatIsNoQuantityStaysAsItIs(String text) {
    assertEquals(Optional.empty(), Quantity.parse(text));
    assertEquals(text, Quantity.canonical(text));
  }

  @ParameterizedTest
  @CsvSource({
    "1e99999999, 1e99999999",
    "1e999999999999999999999, 1e999999999999999999999",
    "1e-99999999, 1e-9",
    "-1e-99999999999999999999, -1e-9",
    "0e99999999999999, 0",
    "1e0000000000000003, 1e3",
    "1E+65, 1E+65",
    "1e60, 1e60",
  })
  void hugeExponentsCostNothing(String written, String shown) {
    assertTimeoutPreemptively(
        Duration.ofMinutes(2), () -> assertEquals(shown, Quantity.canonical(written)));
  }

  @Test
  void aMillionDigitsAreNoQuantity() {
    assertEquals(Optional.empty(), Quantity.parse("1".repeat(1_000_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "150m, 2, 3, 7",
    "1, 3500m, 3, 28",
    "1500m, 1, 3, 150",
    "140928614400m, 24684096Ki, 0, 0",
    "0.1m, 1m, 3, 100",
    "1500m, 2, 0, 100",
    "1, 0, 0, 0",
    "-1, 2, 0, -50",
  })
  void percentagesAreCutToIntegers(String part, String whole, int digits, long percent) {
    assertEquals(percent, quantity(part).percentOf(quantity(whole), digits));
  }

  @Test
  void theGreaterQuantityKeepsItsNotation() {
    assertEquals("1Gi", quantity("1Gi").max(quantity("1073741824")).toString());
    assertEquals("2G", quantity("1Gi").max(quantity("2G")).toString());
  }

  private static Quantity quantity(String text) {
    return Quantity.parse(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "+1, 1000",
    "-1, -1000",
    "1., 1000",
    ".5, 500",
    "100m, 100",
    "1n, 0",
    "1e3, 1000000",
    "1Ki, 1024000",
    "1E, 9223372036854775807",
    "-1E, -9223372036854775807",
    "e3, 0",
    "1 Ki, 0",
    "'', 0",
  })
  void thousandthsAreCutToAWholeNumber(String written, long thousandths) {
    assertEquals(thousandths, Quantity.thousandths(written));
  }
}

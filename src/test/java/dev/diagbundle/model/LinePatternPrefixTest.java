package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LinePatternPrefixTest {
  @ParameterizedTest
  @CsvSource({
    "KD-[0-9]{8}, KD-",
    "(?i)customer=(\\w+), customer=",
    "\\bACME-, ACME-",
    "^x\\.y+, x.y",
    "abc*, ab",
    "abc?, ab",
    "ab{2}, a",
    "abc(x|y), abc",
    "a[|]b, a",
    "'abc(x)|y', ''",
    "'abc|def', ''",
    "'[0-9]+', ''",
    "'(abc)', ''",
    "'\\d+', ''",
    "a\\|b, a|b"
  })
  void prefixIsWhatEveryMatchBeginsWith(String pattern, String prefix) {
    assertEquals(prefix, LinePattern.literalPrefix(pattern));
  }
}

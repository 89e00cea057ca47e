package dev.diagbundle.model;

import module java.base;

/// A code page of Windows, by its number
/// (<https://learn.microsoft.com/windows/win32/intl/code-page-identifiers>): one letter for each
/// byte, so that text which was read in the wrong one can be turned back.
///
/// Only those are known that every Java runtime has; the pages of Chinese, Japanese and Korean,
/// which take two bytes for a letter, are none of them.
public record CodePage(int number) {
  private static final List<Integer> KNOWN =
      List.of(
          437, 737, 775, 850, 852, 855, 857, 858, 862, 866, 874, 1250, 1251, 1252, 1253, 1254,
          1257);

  /// What the console of a Windows in English uses.
  public static final CodePage USUAL = new CodePage(437);

  public CodePage {
    if (!KNOWN.contains(number)) {
      throw new IllegalArgumentException("no code page " + number);
    }
  }

  /// The code page of that number; empty if it is none, or not known.
  public static Optional<CodePage> parse(String number) {
    return KNOWN.stream()
        .filter(known -> known.toString().equals(number))
        .findFirst()
        .map(CodePage::new);
  }

  /// The numbers that are known.
  public static List<Integer> numbers() {
    return KNOWN;
  }

  public Charset charset() {
    return Charset.forName("Cp" + number);
  }
}

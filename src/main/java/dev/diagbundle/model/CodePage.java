package dev.diagbundle.model;

import module java.base;

/// A Windows code page, by its number
/// (<https://learn.microsoft.com/windows/win32/intl/code-page-identifiers>): one character for each
/// byte, so that text that was decoded with the wrong one can be restored.
///
/// Only those that every Java runtime has are supported; the pages of Chinese, Japanese and Korean,
/// which use two bytes for a character, are not.
public record CodePage(int number) {
  private static final List<Integer> KNOWN =
      List.of(
          437, 737, 775, 850, 852, 855, 857, 858, 862, 866, 874, 1250, 1251, 1252, 1253, 1254,
          1257);

  /// The code page of the console of an English Windows.
  public static final CodePage USUAL = new CodePage(437);

  public CodePage {
    if (!KNOWN.contains(number)) {
      throw new IllegalArgumentException("no code page " + number);
    }
  }

  /// The code page of that number; empty if it is invalid or unsupported.
  public static Optional<CodePage> parse(String number) {
    return KNOWN.stream()
        .filter(known -> known.toString().equals(number))
        .findFirst()
        .map(CodePage::new);
  }

  /// The supported numbers.
  public static List<Integer> numbers() {
    return KNOWN;
  }

  public Charset charset() {
    return Charset.forName("Cp" + number);
  }
}

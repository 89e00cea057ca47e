package dev.diagbundle.findings;

import module java.base;

/// The meanings of the catalogue's findings, and the remedies for causes with a specific one, from
/// `meanings.txt`.
final class Meanings {
  static final String FILE = "meanings.txt";

  private static final int COLUMNS = 3;
  private static final Meaning NONE = new Meaning("", "", "", "");

  /// @param words the words that the cause must contain; empty for every cause
  /// @param text the meaning
  /// @param remedy the remedy; empty if the check's own applies
  record Meaning(String check, String words, String text, String remedy) {
    private boolean fits(String cause) {
      return cause.contains(words);
    }
  }

  /// The holder of the meanings, loaded with the first finding that is shown: most commands show
  /// none.
  private static final class Holder {
    static final Map<String, List<Meaning>> BY_CHECK =
        read().stream().collect(Collectors.groupingBy(Meaning::check));
  }

  private Meanings() {}

  /// The meaning of a finding with this cause; empty texts for a user-defined check.
  static Meaning of(String check, String cause) {
    var lower = cause.toLowerCase(Locale.ROOT);
    return Holder.BY_CHECK.getOrDefault(check, List.of()).stream()
        .filter(meaning -> meaning.fits(lower))
        .findFirst()
        .orElse(NONE);
  }

  static List<Meaning> read() {
    try (InputStream in = Meanings.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not part of the program");
      }
      var meanings = new ArrayList<Meaning>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .forEach(line -> meanings.add(parse(line)));
      return meanings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Meaning parse(String line) {
    var columns = line.split("\\|", -1);
    if (columns.length < COLUMNS) {
      throw new IllegalStateException(FILE + ": " + line);
    }
    return new Meaning(
        columns[0].strip(),
        columns[1].strip().toLowerCase(Locale.ROOT),
        columns[2].strip(),
        columns.length > COLUMNS ? columns[COLUMNS].strip() : "");
  }
}

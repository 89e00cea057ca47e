package dev.diagbundle.findings;

import module java.base;

/// What the findings of the catalogue mean, and what to do about causes that want something of
/// their own: `meanings.txt`.
final class Meanings {
  static final String FILE = "meanings.txt";

  private static final int COLUMNS = 3;
  private static final Meaning NONE = new Meaning("", "", "", "");

  /// @param words that the cause must have; empty for every cause
  /// @param text what it means
  /// @param remedy what to do; empty if the check says it
  record Meaning(String check, String words, String text, String remedy) {
    private boolean fits(String cause) {
      return cause.contains(words);
    }
  }

  /// Read when the first finding is shown: most commands show none.
  private static final class Holder {
    static final Map<String, List<Meaning>> BY_CHECK =
        read().stream().collect(Collectors.groupingBy(Meaning::check));
  }

  private Meanings() {}

  /// Of a finding with this cause; empty texts for a check that is a user's own.
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

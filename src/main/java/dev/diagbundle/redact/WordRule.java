package dev.diagbundle.redact;

import module java.base;

/// Names that are replaced wherever they occur as whole words, case-insensitively, without an
/// adjacent letter or digit.
final class WordRule implements TextRule {
  private static final ByteSet PART_OF_WORD = ByteSet.letters().and("0123456789");

  private final String name;
  private final Map<String, Optional<String>> standIns;

  private WordRule(String name, Map<String, Optional<String>> standIns) {
    this.name = name;
    this.standIns = standIns;
  }

  /// Words that are taken out.
  static WordRule hidden(String name, List<String> words) {
    var standIns = new HashMap<String, Optional<String>>();
    words.forEach(word -> standIns.put(word.toLowerCase(Locale.ROOT), Optional.empty()));
    return new WordRule(name, standIns);
  }

  /// Words that are called otherwise.
  ///
  /// @param standIns replacements by word
  static WordRule renamed(String name, Map<String, String> standIns) {
    var lower = new HashMap<String, Optional<String>>();
    standIns.forEach((word, other) -> lower.put(word.toLowerCase(Locale.ROOT), Optional.of(other)));
    return new WordRule(name, lower);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> literals() {
    return standIns.keySet().stream().sorted().toList();
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    // Of `node-1` and `node-10` the shorter is found first; the next character decides which one it
    // is.
    if (PART_OF_WORD.has(window.get(start - 1)) || PART_OF_WORD.has(window.get(end))) {
      return Optional.empty();
    }
    var word = lower(window.text(start, end));
    return standIns
        .getOrDefault(word, Optional.empty())
        .map(other -> SecretMatch.renamed(start, end, other))
        .or(() -> Optional.of(new SecretMatch(start, end, ByteSet.of(""))));
  }

  /// The literal as the automaton matched it: only letters of ASCII are the same in both cases.
  private static String lower(String bytes) {
    var text = new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    return text.toLowerCase(Locale.ROOT);
  }
}

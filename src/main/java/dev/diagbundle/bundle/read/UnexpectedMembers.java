package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.model.Printable;

/// The members of an archive or a folder that do not belong in a bundle: counted, and the first of
/// each kind named.
final class UnexpectedMembers {
  private static final int MAX_NAME = 80;

  /// A kind of them.
  enum Kind {
    UNSAFE_NAME("has an unsafe name and is left out", "have unsafe names and are left out"),
    LINK("is a link and is left out", "are links and are left out"),
    OTHER("is no plain file and is left out", "are no plain files and are left out"),
    TWICE("is there twice; the last counts", "are there twice; the last counts");

    private final String one;
    private final String many;

    Kind(String one, String many) {
      this.one = one;
      this.many = many;
    }
  }

  private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
  private final Map<Kind, String> first = new EnumMap<>(Kind.class);

  void add(Kind kind, String name) {
    counts.merge(kind, 1, Integer::sum);
    first.computeIfAbsent(kind, _ -> Printable.line(name, MAX_NAME));
  }

  /// A sentence for each kind.
  List<String> sentences() {
    var sentences = new ArrayList<String>();
    counts.forEach((kind, count) -> {
      var name = "'" + first.get(kind) + "'";
      sentences.add(
          count == 1 ? name + " " + kind.one : name + " and " + (count - 1) + " more " + kind.many);
    });
    return sentences;
  }
}

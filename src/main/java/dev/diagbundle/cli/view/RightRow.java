package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.cluster.AccessDecision;
import dev.diagbundle.collect.check.CheckedRight;

/// Rights of a check in one row, which have the same state and items: a profile needs dozens, and a
/// reader looks for the few missing ones.
///
/// @param alike the common properties of the rights
/// @param objects the object of each right
record RightRow(Alike alike, List<String> objects) {
  RightRow {
    objects = List.copyOf(objects);
  }

  /// The common properties of the rights in a row.
  ///
  /// @param words message of the server, or another reason why it is allowed; usually empty
  /// @param namespace empty for all
  record Alike(
      AccessDecision.State state, String words, String verb, String namespace, List<String> items) {
    static Alike of(CheckedRight checked) {
      var right = checked.need().right();
      return new Alike(
          checked.access().state(),
          checked.access().words(),
          right.verb(),
          right.namespace(),
          checked.need().items());
    }
  }

  /// The rows of these rights; what is missing comes first.
  static List<RightRow> of(List<CheckedRight> needs) {
    var objects = new LinkedHashMap<Alike, List<String>>();
    for (CheckedRight need : needs) {
      objects
          .computeIfAbsent(Alike.of(need), any -> new ArrayList<>())
          .add(need.need().right().object());
    }
    var rows = new ArrayList<RightRow>();
    objects.forEach((alike, each) -> rows.add(new RightRow(alike, each)));
    rows.sort(Comparator.comparingInt(RightRow::rank));
    return rows;
  }

  boolean isGranted() {
    return alike.state() == AccessDecision.State.ALLOWED;
  }

  /// All in one line.
  String text() {
    return String.join("", lines(Integer.MAX_VALUE));
  }

  /// The rights in lines that are no wider than this, if no single one is.
  List<String> lines(int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(alike.verb());
    for (int i = 0; i < objects.size(); i++) {
      var place = alike.namespace().isEmpty() ? "" : " in " + alike.namespace();
      var next = " " + objects.get(i) + (i < objects.size() - 1 ? "," : place);
      if (i > 0 && line.length() + next.length() > width) {
        lines.add(line.toString());
        line = new StringBuilder(" ".repeat(alike.verb().length()));
      }
      line.append(next);
    }
    lines.add(line.toString());
    return lines;
  }

  private int rank() {
    return switch (alike.state()) {
      case DENIED -> 0;
      case UNKNOWN -> 1;
      case ALLOWED -> 2;
    };
  }
}

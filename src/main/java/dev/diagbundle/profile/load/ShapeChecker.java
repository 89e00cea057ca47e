package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.profile.yaml.Position;
import dev.diagbundle.profile.yaml.ProblemList;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.YamlNode;

/// Checker that compares a tree with its shape and adds a problem for each difference.
final class ShapeChecker {
  private final ProblemList problems;

  ShapeChecker(ProblemList problems) {
    this.problems = problems;
  }

  /// @param at position for reports of missing keys: the key before the node
  void check(YamlNode node, Shape shape, Position at) {
    switch (shape) {
      case Shape.Text(TextForm form) -> text(node, form);
      case Shape.Constant constant -> constant(node, constant);
      case Shape.WholeNumber number -> wholeNumber(node, number);
      case Shape.Decimal number -> decimal(node, number);
      case Shape.Flag flag -> {
        if (!(node instanceof YamlNode.Scalar scalar && scalar.isFlag())) {
          mismatch(node, flag);
        }
      }
      case Shape.AnyValue value -> {
        if (!(node instanceof YamlNode.Scalar scalar && !scalar.isNothing())) {
          mismatch(node, value);
        }
      }
      case Shape.ListOf list -> list(node, list, at);
      case Shape.MapOf map -> map(node, map, at);
      case Shape.AnItem item -> item(node, item);
    }
  }

  private void text(YamlNode node, TextForm form) {
    if (node instanceof YamlNode.Scalar scalar
        && (scalar.isText() || (form.numberToo() && scalar.isNumber()))) {
      form.fault(scalar.text()).ifPresent(fault -> problems.add(node.position(), fault));
      return;
    }
    var message = "expected " + form.expected() + ", got " + node.shown();
    if (node instanceof YamlNode.Scalar scalar && !scalar.isNothing()) {
      form.fault(scalar.text())
          .ifPresentOrElse(
              _ -> problems.add(node.position(), message),
              () -> problems.add(node.position(), message, "quote it to make it a string"));
      return;
    }
    problems.add(node.position(), message);
  }

  private void constant(YamlNode node, Shape.Constant constant) {
    if (!(node instanceof YamlNode.Scalar scalar && scalar.text().equals(constant.value()))) {
      mismatch(node, constant);
    }
  }

  private void wholeNumber(YamlNode node, Shape.WholeNumber number) {
    if (node instanceof YamlNode.Scalar scalar
        && scalar.isNumber()
        && scalar.text().matches("-?[0-9]{1,9}")) {
      int value = Integer.parseInt(scalar.text());
      if (value >= number.min() && value <= number.max()) {
        return;
      }
    }
    mismatch(node, number);
  }

  private void decimal(YamlNode node, Shape.Decimal number) {
    if (node instanceof YamlNode.Scalar scalar
        && scalar.isNumber()
        && scalar.text().matches("[0-9]{1,9}([.][0-9]{1,9})?")) {
      double value = Double.parseDouble(scalar.text());
      if (value >= number.min() && value <= number.max()) {
        return;
      }
    }
    mismatch(node, number);
  }

  private void list(YamlNode node, Shape.ListOf list, Position at) {
    if (!(node instanceof YamlNode.Sequence sequence)) {
      if (list.loneElement() && node instanceof YamlNode.Scalar) {
        check(node, list.element(), at);
        return;
      }
      mismatch(node, list);
      return;
    }
    int count = sequence.elements().size();
    if (count == 0 || count > Shape.ListOf.MAX) {
      problems.add(
          node.position(),
          "expected a list of 1 to " + Shape.ListOf.MAX + " elements, got " + count);
    }
    for (var element : sequence.elements()) {
      check(element, list.element(), element.position());
    }
    if (list.element() instanceof Shape.AnItem) {
      names(sequence);
    }
  }

  private void map(YamlNode node, Shape.MapOf map, Position at) {
    var entries = new ArrayList<YamlNode.Entry>();
    if (node instanceof YamlNode.Mapping mapping) {
      entries.addAll(mapping.entries());
    } else if (!(node instanceof YamlNode.Scalar scalar && scalar.isNothing())) {
      mismatch(node, map);
      return;
    }
    for (var entry : entries) {
      map.key(entry.key())
          .ifPresentOrElse(
              key -> check(entry.value(), key.shape(), entry.position()),
              () -> unknownKey(entry, map.keyNames()));
    }
    var present = entries.stream().map(YamlNode.Entry::key).toList();
    for (var key : map.keys()) {
      if (key.required() && !present.contains(key.name())) {
        problems.add(at, "missing required key " + Quoted.text(key.name()));
      }
    }
    if (!map.atLeastOneOf().isEmpty() && map.atLeastOneOf().stream().noneMatch(present::contains)) {
      var keys = String.join("' or '", map.atLeastOneOf());
      problems.add(at, "missing required key '" + keys + "'");
    }
  }

  private void unknownKey(YamlNode.Entry entry, List<String> known) {
    problems.add(
        entry.position(),
        "unknown key " + Quoted.text(entry.key()) + Suggestion.question(entry.key(), known),
        "known keys: " + String.join(", ", known));
  }

  private void item(YamlNode node, Shape.AnItem shape) {
    if (!(node instanceof YamlNode.Mapping mapping)) {
      mismatch(node, shape);
      return;
    }
    var kinds =
        mapping.entries().stream().filter(e -> ItemFormat.named(e.key()).isPresent()).toList();
    for (var entry : mapping.entries()) {
      ItemFormat.named(entry.key())
          .ifPresentOrElse(
              kind -> check(entry.value(), kind.shape(), entry.position()),
              () -> notAKind(entry, kinds));
    }
    if (kinds.size() > 1) {
      var names = String.join("' and '", kinds.stream().map(YamlNode.Entry::key).toList());
      problems.add(
          kinds.get(1).position(),
          "item has " + kinds.size() + " kinds, '" + names + "'",
          "start each item with '- '");
    }
    if (mapping.entries().isEmpty()) {
      problems.add(node.position(), "expected " + shape.expected() + ", got an empty map");
    }
  }

  private void notAKind(YamlNode.Entry entry, List<YamlNode.Entry> kinds) {
    for (var kind : kinds) {
      if (ItemFormat.named(kind.key()).orElseThrow().shape().key(entry.key()).isPresent()) {
        problems.add(
            entry.position(),
            "key " + Quoted.text(entry.key()) + " must be nested under " + Quoted.text(kind.key()),
            "indent it deeper than '" + kind.key() + "'");
        return;
      }
    }
    problems.add(
        entry.position(),
        "unknown item kind "
            + Quoted.text(entry.key())
            + Suggestion.question(entry.key(), ItemFormat.names()),
        "kinds: " + String.join(", ", ItemFormat.names()));
  }

  /// Rejects two items of the same name, which would be indistinguishable.
  private void names(YamlNode.Sequence items) {
    var lines = new HashMap<String, Integer>();
    for (var element : items.elements()) {
      if (!(element instanceof YamlNode.Mapping mapping) || mapping.entries().size() != 1) {
        continue;
      }
      var entry = mapping.entries().getFirst();
      var keys = MappingValues.of(entry.value());
      var given = keys.value("name");
      var name =
          given
              .map(node -> node instanceof YamlNode.Scalar scalar ? scalar.text() : "")
              .orElse(entry.key());
      if (name.isEmpty()) {
        continue;
      }
      var at = given.map(YamlNode::position).orElse(entry.position());
      var first = lines.putIfAbsent(name, at.line());
      if (first != null) {
        problems.add(
            at,
            "duplicate item name " + Quoted.text(name) + ", first at line " + first,
            "an item without the key 'name' is named after its kind");
      }
    }
  }

  private void mismatch(YamlNode node, Shape expected) {
    problems.add(node.position(), "expected " + expected.expected() + ", got " + node.shown());
  }
}

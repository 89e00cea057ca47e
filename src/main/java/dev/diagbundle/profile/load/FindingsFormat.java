package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.Quantity;
import dev.diagbundle.model.checks.FieldTest;
import dev.diagbundle.profile.yaml.Position;
import dev.diagbundle.profile.yaml.ProblemList;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.YamlNode;

/// The section `findings` of profiles as data, and its checks beyond shapes.
final class FindingsFormat {
  /// Each may cost a look at every line.
  private static final int MAX_RULES = 100;

  private static final Shape.MapOf LOG =
      new Shape.MapOf(
          "ownLogRule",
          "Lines of logs.",
          List.of(
              Shape.Key.required(
                  "pattern",
                  new Shape.Text(TextForm.LINE_PATTERN),
                  "A regular expression of RE2 that is found in the line. It is fast if each of its"
                      + " alternatives has a fixed text of three characters or more in it."),
              Shape.Key.optional(
                      "from",
                      ProfileFormat.listOf(FindingForms.LOG_KIND),
                      "The kinds of logs: podLogs, nodeLogs, nodeFiles.")
                  .withFallback("all of them, if there are no paths"),
              Shape.Key.optional(
                  "paths",
                  ProfileFormat.listOf(FindingForms.BUNDLE_GLOB),
                  "Globs over paths of logs in the bundle, as 'diagbundle ls' shows them."),
              Shape.Key.optional(
                      "min",
                      new Shape.WholeNumber(1, 1_000),
                      "Minimum number of matching lines in a log.")
                  .withFallback("1"),
              Shape.Key.optional(
                      "window",
                      new Shape.Text(TextForm.WINDOW),
                      "So many lines must stand so close together in time.")
                  .withFallback("at any time")),
          List.of());

  private static final Shape.MapOf CONDITION =
      new Shape.MapOf(
          "ownCondition",
          "A condition on a field. It holds if it holds for one of the places that the path leads"
              + " to.",
          List.of(
              Shape.Key.required(
                  "path",
                  new Shape.Text(FindingForms.FIELD),
                  "Where the field is, for example .spec.containers[*].image."),
              Shape.Key.required(
                  "op",
                  new Shape.Text(FindingForms.OP),
                  "eq, ne, in, exists, absent, gt, lt or matches; ne holds too where nothing is."),
              Shape.Key.optional(
                  "value",
                  new Shape.ListOf(new Shape.AnyValue(), true),
                  "One value; for in one or several; none for exists and absent. For gt and lt"
                      + " numbers, or amounts such as 512Mi.")),
          List.of());

  private static final Shape.MapOf OBJECT =
      new Shape.MapOf(
          "ownObjectRule",
          "Objects of the cluster.",
          List.of(
              Shape.Key.required(
                  "kind",
                  new Shape.Text(FindingForms.KIND),
                  "Plural name, or plural.group, of a kind that is collected."),
              Shape.Key.optional("namespaces", ProfileFormat.NAME_GLOBS, "Globs over namespaces.")
                  .withFallback("all namespaces"),
              Shape.Key.required(
                  "where",
                  new Shape.ListOf(CONDITION, false),
                  "Conditions, all of which must hold.")),
          List.of());

  private static final Shape.MapOf RULE =
      new Shape.MapOf(
          "ownRule",
          "A check of your own: what it looks for, and what it says then. One finding for all that"
              + " it finds.",
          List.of(
              Shape.Key.required(
                  "id",
                  new Shape.Text(FindingForms.ID_OF_OWN),
                  "Its name. A rule replaces an inherited one of the same id."),
              Shape.Key.required(
                  "severity", new Shape.Text(FindingForms.SEVERITY), "critical, warning or info."),
              Shape.Key.required(
                  "title",
                  new Shape.Text(FindingForms.TITLE),
                  "What is found, in one line. {count} stands for how many objects or logs, {names}"
                      + " for the first of them."),
              Shape.Key.optional("meaning", new Shape.Text(FindingForms.WORDS), "Why it matters."),
              Shape.Key.required("remedy", new Shape.Text(FindingForms.WORDS), "What to do."),
              Shape.Key.optional("docs", new Shape.Text(FindingForms.ADDRESS), "Where to read on."),
              Shape.Key.optional("log", LOG, "Looks for lines of logs."),
              Shape.Key.optional("object", OBJECT, "Looks for objects.")),
          List.of("log", "object"));

  static final Shape.MapOf FINDINGS =
      new Shape.MapOf(
          "findings",
          "How findings are tuned, and rules of your own.",
          List.of(
              Shape.Key.optional(
                  "ignore",
                  ProfileFormat.listOf(FindingForms.CHECK),
                  "Checks that are not run; they are listed as ignored."),
              Shape.Key.optional("thresholds", ThresholdKeys.SHAPE, "Limits of checks."),
              Shape.Key.optional("rules", new Shape.ListOf(RULE, false), "Rules of your own.")),
          List.of("ignore", "thresholds", "rules"));

  private FindingsFormat() {}

  /// Adds the problems that no shape can express. The tree may have other problems.
  static void check(YamlNode root, ProblemList problems) {
    var rules =
        MappingValues.of(root)
            .below("findings")
            .map(keys -> keys.elements("rules"))
            .orElse(List.of());
    if (rules.size() > MAX_RULES) {
      problems.add(rules.get(MAX_RULES).position(), "more than " + MAX_RULES + " custom rules");
    }
    var lines = new HashMap<String, Integer>();
    for (YamlNode rule : rules) {
      var keys = MappingValues.of(rule);
      keys.value("id").ifPresent(id -> unique(id, lines, problems));
      if (keys.value("log").isPresent() && keys.value("object").isPresent()) {
        problems.add(
            rule.position(), "rule has both 'log' and 'object'", "split it into two rules");
      }
      keys.below("object")
          .map(object -> object.elements("where"))
          .orElse(List.of())
          .forEach(condition -> condition(condition, problems));
    }
  }

  private static void unique(YamlNode id, Map<String, Integer> lines, ProblemList problems) {
    scalar(Optional.of(id))
        .ifPresent(text -> {
          var first = lines.putIfAbsent(text, id.position().line());
          if (first != null) {
            problems.add(
                id.position(),
                "duplicate rule id " + Quoted.text(text) + ", first at line " + first);
          }
        });
  }

  private static void condition(YamlNode condition, ProblemList problems) {
    var keys = MappingValues.of(condition);
    var op = scalar(keys.value("op")).flatMap(FieldTest.Op::of);
    if (op.isEmpty()) {
      return;
    }
    var values = keys.elements("value");
    var at = keys.value("value").or(() -> keys.value("op")).map(YamlNode::position).orElseThrow();
    var name = "'" + op.get().label() + "'";
    if (op.get().isBare()) {
      if (!values.isEmpty()) {
        problems.add(at, name + " takes no value");
      }
      return;
    }
    if (values.isEmpty() || (values.size() > 1 && op.get() != FieldTest.Op.IN)) {
      problems.add(
          at,
          name
              + " requires "
              + (op.get() == FieldTest.Op.IN ? "one value or more" : "one value")
              + ", got "
              + (values.isEmpty() ? "none" : String.valueOf(values.size())));
      return;
    }
    scalar(Optional.of(values.getFirst()))
        .ifPresent(text -> value(op.get(), text, values.getFirst().position(), problems));
  }

  private static void value(FieldTest.Op op, String text, Position at, ProblemList problems) {
    if (op == FieldTest.Op.MATCHES) {
      LinePattern.fault(text)
          .ifPresent(fault ->
              problems.add(at, "invalid regular expression " + Quoted.text(text) + ": " + fault));
    } else if ((op == FieldTest.Op.GT || op == FieldTest.Op.LT) && Quantity.parse(text).isEmpty()) {
      problems.add(at, "expected a number or an amount such as 512Mi, got " + Quoted.text(text));
    }
  }

  private static Optional<String> scalar(Optional<YamlNode> node) {
    return node.filter(YamlNode.Scalar.class::isInstance)
        .map(each -> ((YamlNode.Scalar) each).text());
  }
}

package dev.diagbundle.profile.load;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.FieldPath;
import dev.diagbundle.model.checks.FieldTest;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.model.checks.LogKind;
import dev.diagbundle.profile.yaml.YamlNode;

/// The section `findings` before its defaults are filled in, so that it can be merged over another
/// one.
///
/// @param thresholds the specified ones, by their keys
record FindingsDraft(List<String> ignored, Map<String, String> thresholds, List<CustomRule> rules) {
  static final FindingsDraft NONE = new FindingsDraft(List.of(), Map.of(), List.of());

  FindingsDraft {
    ignored = List.copyOf(ignored);
    rules = List.copyOf(rules);
  }

  /// @param keys of a valid section
  static FindingsDraft of(MappingValues keys) {
    return new FindingsDraft(
        keys.texts("ignore"),
        keys.below("thresholds").map(ThresholdKeys::said).orElse(Map.of()),
        keys.elements("rules").stream().map(rule -> rule(MappingValues.of(rule))).toList());
  }

  /// This section merged over another: ignored checks are combined, thresholds specified here win,
  /// a rule replaces the base's rule of the same id.
  FindingsDraft over(FindingsDraft base) {
    var all = new LinkedHashSet<>(base.ignored);
    all.addAll(ignored);
    var limits = new LinkedHashMap<>(base.thresholds);
    limits.putAll(thresholds);
    var merged = new LinkedHashMap<String, CustomRule>();
    base.rules.forEach(rule -> merged.put(rule.id(), rule));
    rules.forEach(rule -> merged.put(rule.id(), rule));
    return new FindingsDraft(List.copyOf(all), limits, List.copyOf(merged.values()));
  }

  FindingSettings settings() {
    return new FindingSettings(ignored, ThresholdKeys.bind(thresholds), rules);
  }

  /// Writes the section as a profile has it; nothing if nothing is tuned.
  static void write(ObjectNode parent, FindingSettings settings) {
    if (settings.equals(FindingSettings.NONE)) {
      return;
    }
    var section = parent.putObject("findings");
    list(section, "ignore", settings.ignored());
    var changed = ThresholdKeys.changed(settings.thresholds());
    if (!changed.isEmpty()) {
      var thresholds = section.putObject("thresholds");
      changed.forEach((name, text) -> {
        if (ThresholdKeys.isNumber(name)) {
          thresholds.put(name, Integer.parseInt(text));
        } else {
          thresholds.put(name, text);
        }
      });
    }
    if (!settings.rules().isEmpty()) {
      var rules = section.putArray("rules");
      settings.rules().forEach(rule -> write(rules.addObject(), rule));
    }
  }

  private static void write(ObjectNode keys, CustomRule rule) {
    keys.put("id", rule.id()).put("severity", rule.severity()).put("title", rule.title());
    if (!rule.meaning().isEmpty()) {
      keys.put("meaning", rule.meaning());
    }
    keys.put("remedy", rule.remedy());
    if (!rule.docs().isEmpty()) {
      keys.put("docs", rule.docs());
    }
    switch (rule.sought()) {
      case CustomRule.Lines lines -> {
        var log = keys.putObject("log").put("pattern", lines.pattern().toString());
        list(log, "from", lines.from().stream().map(LogKind::label).toList());
        list(log, "paths", lines.paths().stream().map(Glob::pattern).toList());
        log.put("min", lines.min());
        lines.window().ifPresent(window -> log.put("window", DurationText.format(window)));
      }
      case CustomRule.Objects objects -> {
        var object = keys.putObject("object").put("kind", objects.kind());
        list(object, "namespaces", objects.namespaces().stream().map(Glob::pattern).toList());
        var where = object.putArray("where");
        for (FieldTest test : objects.where()) {
          var condition = where.addObject();
          condition.put("path", test.path().text()).put("op", test.op().label());
          if (test.values().size() == 1) {
            condition.put("value", test.values().getFirst());
          } else {
            list(condition, "value", test.values());
          }
        }
      }
    }
  }

  private static CustomRule rule(MappingValues keys) {
    return new CustomRule(
        keys.text("id").orElseThrow(),
        keys.text("severity").orElseThrow(),
        keys.text("title").orElseThrow(),
        keys.text("meaning").orElse(""),
        keys.text("remedy").orElseThrow(),
        keys.text("docs").orElse(""),
        keys.below("log")
            .map(FindingsDraft::lines)
            .orElseGet(() -> objects(keys.below("object").orElseThrow())));
  }

  private static CustomRule.Sought lines(MappingValues keys) {
    return new CustomRule.Lines(
        keys.text("pattern").flatMap(LinePattern::parse).orElseThrow(),
        keys.texts("from").stream().flatMap(label -> LogKind.of(label).stream()).toList(),
        keys.globs("paths"),
        keys.number("min").orElse(1),
        keys.duration("window"));
  }

  private static CustomRule.Sought objects(MappingValues keys) {
    var where = new ArrayList<FieldTest>();
    for (YamlNode element : keys.elements("where")) {
      var condition = MappingValues.of(element);
      where.add(
          new FieldTest(
              condition.text("path").flatMap(FieldPath::parse).orElseThrow(),
              condition.text("op").flatMap(FieldTest.Op::of).orElseThrow(),
              condition.texts("value")));
    }
    return new CustomRule.Objects(keys.text("kind").orElseThrow(), keys.globs("namespaces"), where);
  }

  private static void list(ObjectNode parent, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      var array = parent.putArray(key);
      texts.forEach(array::add);
    }
  }
}

package dev.diagbundle.analyze.custom;

import module java.base;

import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.bundle.manifest.ObjectFolder;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.FieldTest;

/// A user-defined rule about objects. It keeps the names of the matches, and the places of the
/// first few.
final class CustomObjectRule extends Rule {
  private static final int MAX_PLACES = 5;

  private final CustomRule rule;
  private final CustomRule.Objects sought;

  CustomObjectRule(CustomRule rule, CustomRule.Objects sought) {
    super(CustomRules.check(rule));
    this.rule = rule;
    this.sought = sought;
  }

  private record Found(ObjectName name, String node, Optional<Evidence> place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    var folder = ObjectFolder.of(sought.kind());
    var conditions = sought.where().stream().map(FieldCondition::new).toList();
    var namespaces = sought.namespaces().stream().map(Glob::linearMatcher).toList();
    var found = new ArrayList<Found>();
    interests.objects(
        folder::holds,
        seen -> {
          if (isIn(seen.namespace(), namespaces)
              && conditions.stream().allMatch(each -> each.holds(seen.tree()))) {
            found.add(found(seen, folder, found.size() < MAX_PLACES));
          }
        });
    return (facts, conclusion) -> {
      var pods = new HashMap<ObjectName, PodFact>();
      if (!found.isEmpty() && folder.kind().equals("Pod")) {
        facts.pods().forEach(pod -> pods.put(pod.name(), pod));
      }
      var groups = HitGroups.byCause();
      for (Found each : found) {
        var pod = pods.get(each.name);
        groups.add(
            Hit.of(CustomRules.severity(rule), rule.id(), each.name)
                .owner(pod == null ? each.name : facts.root(pod))
                .node(each.node)
                .and(each.place));
      }
      conclusion.found(groups, group -> CustomRules.title(rule, group));
      facts.missing(input(folder)).ifPresent(conclusion::unknown);
    };
  }

  private CheckInput input(ObjectFolder folder) {
    return folder.item().equals("events")
        ? CheckInput.EVENTS
        : new CheckInput(sought.kind(), "clusterDump/" + folder.item(), folder.path());
  }

  private static boolean isIn(String namespace, List<Predicate<String>> namespaces) {
    return namespaces.isEmpty() || namespaces.stream().anyMatch(each -> each.test(namespace));
  }

  private Found found(SourceObject seen, ObjectFolder folder, boolean withPlace) {
    var said = Fields.text(seen.tree(), "kind");
    var kind = said.isEmpty() ? folder.kind() : said;
    var name = new ObjectName(kind, seen.namespace(), seen.name());
    if (!withPlace) {
      return new Found(name, node(kind, seen), Optional.empty());
    }
    var words = new ArrayList<String>();
    words.add(name.toString());
    for (FieldTest test : sought.where()) {
      words.add(test + " (is " + shown(test, seen) + ")");
    }
    return new Found(
        name, node(kind, seen), Optional.of(seen.evidence(words.toArray(String[]::new))));
  }

  private static String node(String kind, SourceObject seen) {
    return kind.equals("Node") ? seen.name() : Fields.text(seen.tree(), "spec", "nodeName");
  }

  private static String shown(FieldTest test, SourceObject seen) {
    var condition = new FieldCondition(test);
    return test.path().values(seen.tree()).stream()
        .filter(condition::holdsAt)
        .findFirst()
        .map(FieldCondition::shown)
        .orElse("");
  }
}

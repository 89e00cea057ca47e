package dev.diagbundle.analyze.own;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Evidence;
import dev.diagbundle.analyze.Fields;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.SeenObject;
import dev.diagbundle.bundle.ObjectFolder;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.findings.FieldTest;
import dev.diagbundle.model.findings.OwnRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// A user's rule about objects. Of those that it finds it keeps the names, and of the first few
/// where they stand.
final class OwnObjects implements Analyzer {
  private static final int MAX_PLACES = 5;

  private final OwnRule rule;
  private final OwnRule.Objects sought;
  private final Check check;

  OwnObjects(OwnRule rule, OwnRule.Objects sought) {
    this.rule = rule;
    this.sought = sought;
    this.check = OwnRules.check(rule);
  }

  @Override
  public Check check() {
    return check;
  }

  private record Found(ObjectName name, String node, Optional<Evidence> place) {}

  @Override
  public Study begin(Interests interests) {
    var folder = ObjectFolder.of(sought.kind());
    var conditions = sought.where().stream().map(Condition::new).toList();
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
      var groups = Groups.byCause();
      for (Found each : found) {
        var pod = pods.get(each.name);
        groups.add(
            Hit.of(OwnRules.severity(rule), rule.id(), each.name)
                .owner(pod == null ? each.name : facts.root(pod))
                .node(each.node)
                .and(each.place));
      }
      conclusion.found(groups, group -> OwnRules.title(rule, group));
      facts.missing(input(folder)).ifPresent(conclusion::unknown);
    };
  }

  private Input input(ObjectFolder folder) {
    return folder.item().equals("events")
        ? Input.EVENTS
        : new Input(sought.kind(), "clusterDump/" + folder.item(), folder.path());
  }

  private static boolean isIn(String namespace, List<Predicate<String>> namespaces) {
    return namespaces.isEmpty() || namespaces.stream().anyMatch(each -> each.test(namespace));
  }

  private Found found(SeenObject seen, ObjectFolder folder, boolean withPlace) {
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

  private static String node(String kind, SeenObject seen) {
    return kind.equals("Node") ? seen.name() : Fields.text(seen.tree(), "spec", "nodeName");
  }

  private static String shown(FieldTest test, SeenObject seen) {
    var condition = new Condition(test);
    return test.path().values(seen.tree()).stream()
        .filter(condition::holdsAt)
        .findFirst()
        .map(Condition::shown)
        .orElse("");
  }
}

package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import org.jspecify.annotations.Nullable;

/// Truncated logs, and kubelet logs that end early although the kubelet is active, as its fresh
/// lease shows.
final class LogIncomplete extends Rule {
  private static final String KUBELET = "nodes/*/services/kubelet.log";
  private static final Duration LATE = Duration.ofMinutes(15);

  /// A difference that may be a time zone: lines of a journal do not contain theirs, and no zone is
  /// behind UTC by less than an hour.
  private static final Duration MAYBE_ZONE = Duration.ofMinutes(50);

  private static final Duration FRESH = Duration.ofMinutes(1);

  LogIncomplete() {
    super(
        "log-incomplete",
        Layer.COLLECTION,
        "Narrow the time window or collect earlier; ship logs off the node if they are rotated"
            + " too soon.",
        KUBERNETES + "concepts/cluster-administration/logging/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var fresh = new HashMap<String, Instant>();
    interests.objects(
        "leases",
        seen -> {
          var renewed = Fields.time(seen.tree(), "spec", "renewTime");
          if (seen.namespace().equals("kube-node-lease")
              && renewed.filter(at -> at.isAfter(seen.at().minus(FRESH))).isPresent()) {
            fresh.put(seen.name(), seen.at());
          }
        });
    var last = new ArrayList<LogLine>();
    interests.lastLines(KUBELET, line -> last.add(line.brief()));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      last.forEach(line -> addEarly(facts, line, fresh.get(line.node()), groups));
      facts.items().stream()
          .filter(LogIncomplete::isWanted)
          .map(item -> ItemEvidence.hit(Severity.INFO, ItemEvidence.reason(item), item))
          .forEach(groups::add);
      conclusion.found(
          groups,
          group ->
              group.counted("log")
                  + " incomplete ("
                  + group.names()
                  + "): "
                  + group.cause()
                  + (group.detail().isEmpty() ? "" : ", " + RuleText.cut(group.detail(), 160)));
    };
  }

  /// @param seen the time at which the node's lease was fresh
  private static void addEarly(
      Facts facts, LogLine line, @Nullable Instant seen, HitGroups groups) {
    var written = line.time();
    if (seen == null || written.isEmpty()) {
      return;
    }
    var wanted = facts.windowEnd();
    var age = Duration.between(written.get(), wanted.isBefore(seen) ? wanted : seen);
    if (age.compareTo(LATE) <= 0 || age.compareTo(MAYBE_ZONE) >= 0) {
      return;
    }
    groups.add(
        Hit.of(
                Severity.INFO,
                "the kubelet is active, but its log ends earlier",
                new ObjectName("log", "", line.path()),
                line.evidence())
            .node(line.node())
            .detail("newest line at " + RuleText.time(written.get())));
  }

  private static boolean isWanted(Item item) {
    return LOGS.contains(item.kind()) && item.outcome() instanceof Outcome.Partial;
  }

  private static final Set<ItemKind> LOGS =
      Set.of(ItemKind.NODE_LOGS, ItemKind.NODE_FILES, ItemKind.POD_LOGS);
}

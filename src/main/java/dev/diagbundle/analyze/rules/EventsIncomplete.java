package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Events;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Events that expired or were never sent: they are kept for an hour by default, and clients send
/// 25 per source and object, then one every five minutes.
final class EventsIncomplete extends Rule {
  private static final Duration KEPT = Duration.ofMinutes(65);
  private static final Duration OLD = Duration.ofHours(2);

  /// The burst size of a client (staging/src/k8s.io/client-go/tools/record/events_cache.go).
  private static final int BURST = 25;

  EventsIncomplete() {
    super(
        "events-incomplete",
        Layer.COLLECTION,
        "Rely on the status of objects and on logs; export events to keep them longer.",
        KUBERNETES + "reference/kubernetes-api/cluster-resources/event-v1/",
        CheckInput.EVENTS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    // Events are about tens of thousands of objects, and few of these have many: of the others a
    // number is kept.
    var sums = new HashMap<Long, Long>();
    var counts = new TreeMap<String, Count>();
    var oldest = new ArrayList<Oldest>();
    interests.objects(
        "events",
        seen -> {
          var last = Events.last(seen);
          if (oldest.isEmpty() || last.isBefore(oldest.getFirst().last)) {
            oldest.clear();
            oldest.add(new Oldest(last, seen.at(), seen.evidence("oldest event, " + last)));
          }
          var about = seen.tree().path("involvedObject");
          var name =
              new ObjectName(
                  Fields.text(about, "kind"),
                  Fields.text(about, "namespace"),
                  Fields.text(about, "name"));
          var key = Events.component(seen) + " " + name;
          long sum = sums.merge(hash(key), Events.count(seen), Long::sum);
          if (sum >= BURST) {
            counts.computeIfAbsent(key, _ -> new Count(name, seen.evidence())).sum = sum;
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var born =
          facts.nodes().stream().flatMap(node -> node.created().stream()).min(Instant::compareTo);
      for (Oldest each : oldest) {
        boolean old = born.filter(at -> at.isBefore(each.read.minus(OLD))).isPresent();
        if (old && each.last.isAfter(each.read.minus(KEPT))) {
          groups.add(
              Hit.of(
                      Severity.INFO,
                      "expired",
                      new ObjectName("bundle", "", facts.manifest().run().rootFolder()),
                      each.evidence)
                  .detail(
                      "Events begin at " + RuleText.time(each.last) + ": older ones have expired"));
        }
      }
      for (Count count : counts.values()) {
        groups.add(
            Hit.of(Severity.INFO, "rate-limited", count.name, count.evidence)
                .times(count.sum)
                .detail(""));
      }
      conclusion.found(
          groups,
          group ->
              group.cause().equals("expired")
                  ? group.detail()
                  : "Events about "
                      + group.counted("object")
                      + " may have been dropped by the client ("
                      + group.names()
                      + ")");
    };
  }

  /// FNV-1a of 64 bits: two of a large cluster are hardly ever the same.
  private static long hash(String key) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < key.length(); i++) {
      hash = (hash ^ key.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private record Oldest(Instant last, Instant read, Evidence evidence) {}

  /// The number of reports of one source about one object.
  private static final class Count {
    private final ObjectName name;
    private final Evidence evidence;
    private long sum;

    Count(ObjectName name, Evidence evidence) {
      this.name = name;
      this.evidence = evidence;
    }
  }
}

package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ClaimUsers;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.checks.Thresholds;

/// Volumes with little free space, from the statistics of the kubelets that mount them, and volumes
/// that could not be expanded.
final class VolumeNearlyFull extends Rule {
  private static final double PERCENT = 0.01;

  VolumeNearlyFull() {
    super(
        "volume-nearly-full",
        Layer.STORAGE,
        "Expand the claim or delete data from the volume.",
        KUBERNETES + "concepts/storage/persistent-volumes/",
        CheckInput.NODES,
        CheckInput.CLAIMS,
        CheckInput.EVENTS);
  }

  /// @param free the share of free space, likewise `inodes`
  private record Usage(String node, double free, double inodes, Evidence place) {
    boolean isLow(Thresholds limits) {
      return free < limits.volumeFreePercent() * PERCENT
          || inodes < limits.volumeFreeInodesPercent() * PERCENT;
    }

    Usage or(Usage other) {
      return Math.min(other.free, other.inodes) < Math.min(free, inodes) ? other : this;
    }
  }

  private record Claim(String storageClass, String volume, boolean readOnly) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("VolumeResizeFailed", "FileSystemResizeFailed");
    var limits = interests.thresholds();
    var seenNodes = new HashSet<String>();
    var usages = new TreeMap<String, Usage>();
    var claims = new HashMap<String, Claim>();
    var shared = new HashSet<String>();
    interests.objects("pvcs", seen -> claims.put(path(seen), claim(seen.tree())));
    interests.objects(
        "pvs",
        seen -> {
          var spec = seen.tree().path("spec");
          if (spec.has("nfs") || spec.has("local") || spec.has("hostPath")) {
            shared.add(seen.name());
          }
        });
    interests.nodeFiles(
        "kubelet/stats-summary.json",
        file -> {
          seenNodes.add(file.node());
          for (var pod : file.tree().path("pods")) {
            for (var volume : pod.path("volume")) {
              add(file, volume, limits, usages);
            }
          }
        });
    return (facts, conclusion) -> {
      for (NodeFact node : facts.nodes()) {
        if (!seenNodes.contains(node.name().name())) {
          conclusion.unknown("kubelet statistics of " + node.name().name() + ": not collected");
        }
      }
      var users = new ClaimUsers(facts);
      var groups = HitGroups.byCause();
      usages.forEach((path, usage) -> {
        var claim = claims.getOrDefault(path, new Claim("", "", false));
        if (!claim.readOnly) {
          users.add(groups, hit(path, usage, claim, shared, limits), facts, path);
        }
      });
      for (EventFact event : facts.events().of("VolumeResizeFailed", "FileSystemResizeFailed")) {
        if (Recency.is(facts, event)) {
          groups.add(
              Hit.of(Severity.WARNING, "it cannot be expanded", event.object(), event.evidence())
                  .times(event.count())
                  .seen(Optional.of(event.first()), Optional.of(event.last()))
                  .detail(
                      (event.object().kind().equals("Pod") ? "Volume of pod " : "PVC ")
                          + event.object().path()
                          + " cannot be expanded: "
                          + RuleText.cut(event.message(), 160)));
        }
      }
      conclusion.found(
          groups,
          group ->
              group.count() == 1
                  ? group.detail()
                  : group.counted("volume") + " (" + group.names() + "): " + group.cause());
    };
  }

  private static String path(SourceObject seen) {
    return seen.namespace() + "/" + seen.name();
  }

  private static Claim claim(JsonNode tree) {
    var modes = Fields.at(tree, "spec", "accessModes");
    boolean readOnly = !modes.isEmpty();
    for (var mode : modes) {
      readOnly &= mode.asText().equals("ReadOnlyMany");
    }
    return new Claim(
        Fields.text(tree, "spec", "storageClassName"),
        Fields.text(tree, "spec", "volumeName"),
        readOnly);
  }

  private static void add(
      Subscriptions.SeenFile file, JsonNode volume, Thresholds limits, Map<String, Usage> usages) {
    var name = Fields.text(volume, "pvcRef", "name");
    long capacity = Fields.number(volume, "capacityBytes");
    if (name.isEmpty() || capacity <= 0 || !volume.has("availableBytes")) {
      return;
    }
    long inodes = Fields.number(volume, "inodes");
    var usage =
        new Usage(
            file.node(),
            (double) Fields.number(volume, "availableBytes") / capacity,
            inodes <= 0 || !volume.has("inodesFree")
                ? 1
                : (double) Fields.number(volume, "inodesFree") / inodes,
            new Evidence(
                file.path(),
                0,
                0,
                List.of(
                    "volume " + Fields.text(volume, "name") + " of claim " + name,
                    "availableBytes "
                        + Fields.number(volume, "availableBytes")
                        + " of capacityBytes "
                        + capacity,
                    "inodesFree " + Fields.number(volume, "inodesFree") + " of inodes " + inodes)));
    if (usage.isLow(limits)) {
      usages.merge(Fields.text(volume, "pvcRef", "namespace") + "/" + name, usage, Usage::or);
    }
  }

  private static Hit hit(
      String path, Usage usage, Claim claim, Set<String> shared, Thresholds limits) {
    boolean room = usage.free < limits.volumeFreePercent() * PERCENT;
    int slash = path.indexOf('/');
    var words =
        room
            ? " is " + percent(usage.free) + " full"
            : " has " + Math.round(usage.inodes * 100) + "% of its inodes free";
    return Hit.of(
            usage.free < limits.volumeFreePercentCritical() * PERCENT
                ? Severity.CRITICAL
                : Severity.WARNING,
            (room ? "nearly full" : "low on inodes")
                + (claim.storageClass.isEmpty() ? "" : ", class " + claim.storageClass),
            new ObjectName(
                "PersistentVolumeClaim", path.substring(0, slash), path.substring(slash + 1)),
            usage.place)
        .node(usage.node)
        .detail(
            "PVC "
                + path
                + words
                + (shared.contains(claim.volume)
                    ? " (usage of a file system shared with other volumes)"
                    : ""));
  }

  private static String percent(double free) {
    return Math.round((1 - free) * 100) + "%";
  }
}

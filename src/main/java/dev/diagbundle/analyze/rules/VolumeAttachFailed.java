package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ClaimUsers;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Volumes that cannot be attached to their pod's node, usually because they are still attached to
/// another node.
final class VolumeAttachFailed extends Rule {
  private static final Pattern VOLUME = Pattern.compile("for volume \"([^\"]{1,253})\"");

  /// Messages about a volume that no longer exists, which another rule covers.
  private static final Pattern GONE = Pattern.compile("not ?found|NotFound");

  VolumeAttachFailed() {
    super(
        "volume-attach-failed",
        Layer.STORAGE,
        "If the old node is off, add the taint node.kubernetes.io/out-of-service or wait for"
            + " the forced detach (6 minutes); otherwise delete the old pod. Deployments with a"
            + " ReadWriteOnce volume need the strategy Recreate.",
        KUBERNETES + "concepts/cluster-administration/node-shutdown/",
        CheckInput.PODS,
        CheckInput.EVENTS,
        CheckInput.objects("volume attachments", "volumeattachments", "volumeattachments.json"));
  }

  /// @param error the error of the last attempt; empty if there is none
  private record Attachment(
      String name,
      String driver,
      String node,
      String volume,
      boolean attached,
      String error,
      Optional<Instant> since,
      Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("FailedAttachVolume");
    var attachments = new ArrayList<Attachment>();
    var claims = new HashMap<String, String>();
    interests.objects(
        "pvs",
        seen ->
            claims.put(
                seen.name(),
                Fields.text(seen.tree(), "spec", "claimRef", "namespace")
                    + "/"
                    + Fields.text(seen.tree(), "spec", "claimRef", "name")));
    interests.objects("volumeattachments", seen -> attachments.add(read(seen)));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var users = new ClaimUsers(facts);
      var told = new HashSet<String>();
      var pods = new HashMap<String, PodFact>();
      facts.pods().forEach(pod -> pods.put(pod.uid(), pod));
      for (EventFact event : facts.events().of("FailedAttachVolume")) {
        var pod = pods.get(event.uid());
        if (pod == null
            || pod.isOver()
            || pod.ready().isTrue()
            || !Recency.is(facts, event)
            || GONE.matcher(event.message()).find()) {
          continue;
        }
        var volume = volume(event.message());
        told.add(volume + " " + pod.node());
        groups.add(ofEvent(facts, event, pod, volume, attachments, users, claims));
      }
      for (Attachment each : attachments) {
        if (!each.error.isEmpty()
            && !GONE.matcher(each.error).find()
            && told.add(each.volume + " " + each.node)) {
          var claim = claims.getOrDefault(each.volume, "");
          users.add(groups, ofAttachment(each), facts, claim);
        }
      }
      conclusion.found(
          groups,
          group ->
              group.detail()
                  + (group.count() > 1 ? " and " + (group.count() - 1) + " more" : "")
                  + ": "
                  + group.cause());
    };
  }

  private static Attachment read(SourceObject seen) {
    var tree = seen.tree();
    var error = Fields.text(tree, "status", "attachError", "message");
    return new Attachment(
        seen.name(),
        Fields.text(tree, "spec", "attacher"),
        Fields.text(tree, "spec", "nodeName"),
        Fields.text(tree, "spec", "source", "persistentVolumeName"),
        Fields.flag(tree, "status", "attached"),
        error,
        Fields.time(tree, "status", "attachError", "time"),
        seen.evidence(
            "volume attachment of "
                + Fields.text(tree, "spec", "source", "persistentVolumeName")
                + " to "
                + Fields.text(tree, "spec", "nodeName"),
            error.isEmpty() ? "attached" : error));
  }

  private static Hit ofEvent(
      Facts facts,
      EventFact event,
      PodFact pod,
      String volume,
      List<Attachment> attachments,
      ClaimUsers users,
      Map<String, String> claims) {
    var own = attachments.stream().filter(each -> each.volume.equals(volume)).toList();
    var holder =
        own.stream().filter(each -> each.attached && !each.node.equals(pod.node())).findFirst();
    var other =
        holder
            .map(each -> each.node)
            .or(() ->
                users.of(claims.getOrDefault(volume, "")).stream()
                    .map(PodFact::node)
                    .filter(node -> !node.isEmpty() && !node.equals(pod.node()))
                    .findFirst());
    boolean multi = event.message().contains("Multi-Attach error");
    return Hit.of(
            Severity.CRITICAL,
            multi && other.isPresent()
                ? "still attached to " + other.get() + state(facts, other.get())
                : multi
                    ? "still attached to another node"
                    : RuleText.cut(CauseNormalizer.of(event.message(), volume, pod.node()), 200),
            pod,
            facts,
            event.evidence())
        // The node that holds the volume is the broken one: the finding folds below it.
        .node(multi ? other.orElse(pod.node()) : pod.node())
        .and(holder.map(each -> each.place))
        .times(event.count())
        .seen(Optional.of(event.first()), Optional.of(event.last()))
        .detail(
            "Volume "
                + volume
                + " of pod "
                + pod.name().path()
                + " cannot attach to "
                + pod.node());
  }

  private static String state(Facts facts, String node) {
    return facts.node(node).filter(each -> !each.isReady()).isPresent() ? " (not ready)" : "";
  }

  private static Hit ofAttachment(Attachment each) {
    return Hit.of(
            Severity.CRITICAL,
            each.driver
                + ": "
                + RuleText.cut(CauseNormalizer.of(each.error, each.volume, each.node), 200),
            new ObjectName("VolumeAttachment", "", each.name),
            each.place)
        .node(each.node)
        .seen(each.since, each.since)
        .detail("Volume " + each.volume + " cannot attach to " + each.node);
  }

  private static String volume(String message) {
    var found = VOLUME.matcher(message);
    return found.find() ? found.group(1) : "";
  }
}

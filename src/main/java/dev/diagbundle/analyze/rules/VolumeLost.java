package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ClaimUsers;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Claims whose volume is lost, and failed volumes.
final class VolumeLost extends Rule {
  private static final Pattern GONE = Pattern.compile("not ?found|NotFound");

  VolumeLost() {
    super(
        "volume-lost",
        Layer.STORAGE,
        "Look for the disk in the storage backend before deleting anything; restore it from a"
            + " snapshot if it is gone.",
        KUBERNETES + "concepts/storage/persistent-volumes/",
        CheckInput.CLAIMS,
        CheckInput.VOLUMES,
        CheckInput.EVENTS);
  }

  private record Seen(Hit hit, String claim) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("VolumeConditionAbnormal");
    var seen = new ArrayList<Seen>();
    var claims = new HashMap<String, String>();
    interests.objects(
        "pvcs",
        claim -> {
          if (Fields.text(claim.tree(), "status", "phase").equals("Lost")) {
            seen.add(lost(claim));
          }
        });
    interests.objects(
        "pvs",
        volume -> {
          claims.put(volume.name(), claimOf(volume.tree()));
          addVolume(volume, seen);
        });
    interests.objects("volumeattachments", each -> addGone(each, seen, claims));
    return (facts, conclusion) -> {
      var users = new ClaimUsers(facts);
      var groups = HitGroups.byCause();
      for (Seen each : seen) {
        users.add(groups, each.hit, facts, each.claim);
      }
      for (EventFact event : facts.events().of("VolumeConditionAbnormal")) {
        if (Recency.is(facts, event)) {
          groups.add(
              Hit.of(Severity.CRITICAL, "abnormal", event.object(), event.evidence())
                  .owner(
                      facts.pods().stream()
                          .filter(pod -> pod.uid().equals(event.uid()))
                          .findFirst()
                          .map(facts::root)
                          .orElse(event.object()))
                  .times(event.count())
                  .detail(
                      "Volume of "
                          + event.object()
                          + " is abnormal: "
                          + RuleText.cut(event.message(), 160)));
        }
      }
      conclusion.found(
          groups,
          group ->
              group.count() == 1
                  ? group.detail()
                  : group.count() + " volumes (" + group.names() + "): " + group.cause());
    };
  }

  private static Seen lost(SourceObject claim) {
    var path = claim.namespace() + "/" + claim.name();
    var volume = Fields.text(claim.tree(), "spec", "volumeName");
    return new Seen(
        Hit.of(
                Severity.CRITICAL,
                "the volume of the claim is lost",
                new ObjectName("PersistentVolumeClaim", claim.namespace(), claim.name()),
                claim.evidence("claim " + path + ", phase Lost", "volumeName " + volume))
            .detail("Volume " + volume + " of " + path + " is lost: the claim's phase is Lost"),
        path);
  }

  private static void addVolume(SourceObject volume, List<Seen> seen) {
    var tree = volume.tree();
    var phase = Fields.text(tree, "status", "phase");
    var message = Fields.text(tree, "status", "message");
    boolean kept = Fields.text(tree, "spec", "persistentVolumeReclaimPolicy").equals("Retain");
    if (!phase.equals("Failed") && !(phase.equals("Released") && kept)) {
      return;
    }
    var claim = claimOf(tree);
    seen.add(
        new Seen(
            Hit.of(
                    phase.equals("Failed") ? Severity.CRITICAL : Severity.INFO,
                    phase.equals("Failed") ? driver(tree) + ": failed" : "released and retained",
                    new ObjectName("PersistentVolume", "", volume.name()),
                    volume.evidence("volume " + volume.name() + ", phase " + phase, message))
                .detail(
                    "Volume "
                        + volume.name()
                        + " of "
                        + claim
                        + " is "
                        + phase
                        + (message.isEmpty() ? "" : ": " + RuleText.cut(message, 160))),
            claim));
  }

  private static void addGone(
      SourceObject attachment, List<Seen> seen, Map<String, String> claims) {
    var error = Fields.text(attachment.tree(), "status", "attachError", "message");
    var volume = Fields.text(attachment.tree(), "spec", "source", "persistentVolumeName");
    if (!GONE.matcher(error).find()) {
      return;
    }
    var claim = claims.getOrDefault(volume, "");
    seen.add(
        new Seen(
            Hit.of(
                    Severity.CRITICAL,
                    Fields.text(attachment.tree(), "spec", "attacher") + ": not found",
                    new ObjectName("PersistentVolume", "", volume),
                    attachment.evidence("volume attachment of " + volume, error))
                .detail(
                    "Volume "
                        + volume
                        + " of "
                        + claim
                        + " is not found: "
                        + RuleText.cut(error, 160)),
            claim));
  }

  private static String claimOf(JsonNode volume) {
    var reference = Fields.at(volume, "spec", "claimRef");
    return Fields.text(reference, "namespace") + "/" + Fields.text(reference, "name");
  }

  private static String driver(JsonNode volume) {
    var driver = Fields.text(volume, "spec", "csi", "driver");
    return driver.isEmpty() ? "a volume without a CSI driver" : driver;
  }
}

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

/// Volume claims that are not bound.
final class PvcPending extends Rule {
  private static final CheckInput CLASSES = CheckInput.STORAGE_CLASSES;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration SILENT = Duration.ofMinutes(5);
  private static final String OLD_CLASS = "volume.beta.kubernetes.io/storage-class";
  private static final String DEFAULT = "storageclass.kubernetes.io/is-default-class";

  PvcPending() {
    super(
        "pvc-pending",
        Layer.STORAGE,
        "Create the StorageClass or name an existing one, or fix the pods of its provisioner.",
        KUBERNETES + "concepts/storage/persistent-volumes/",
        CheckInput.CLAIMS,
        CLASSES,
        CheckInput.PODS,
        CheckInput.EVENTS);
  }

  /// @param storageClass the storage class; empty if the claim names none
  private record Claim(
      ObjectName name,
      String uid,
      String storageClass,
      boolean named,
      Optional<Instant> created,
      Instant read,
      Evidence place) {}

  private record StorageClass(String provisioner, boolean waits, boolean isDefault) {}

  private record Cause(String words, Optional<Evidence> evidence, boolean follows) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("ProvisioningFailed", "FailedBinding", "ExternalProvisioning");
    var claims = new ArrayList<Claim>();
    var classes = new TreeMap<String, StorageClass>();
    interests.objects("pvcs", seen -> addPending(seen, claims));
    interests.objects(
        "storage-classes",
        seen ->
            classes.put(
                seen.name(),
                new StorageClass(
                    Fields.text(seen.tree(), "provisioner"),
                    Fields.text(seen.tree(), "volumeBindingMode").equals("WaitForFirstConsumer"),
                    Fields.text(seen.tree(), "metadata", "annotations", DEFAULT).equals("true"))));
    return (facts, conclusion) -> {
      var users = new ClaimUsers(facts);
      var groups = HitGroups.byCause();
      for (Claim claim : claims) {
        var waiting =
            users.of(claim.name.path()).stream().filter(pod -> !pod.ready().isTrue()).toList();
        var cause = cause(facts, claim, classes, waiting);
        var severity =
            cause.follows
                ? Severity.INFO
                : waiting.isEmpty() ? Severity.WARNING : Severity.CRITICAL;
        var hit =
            Hit.of(severity, cause.words, claim.name, claim.place)
                .and(cause.evidence)
                .and(
                    waiting.stream()
                        .findFirst()
                        .map(pod -> pod.place().saying("pod " + pod.name().path() + " waits")))
                .seen(claim.created, Optional.of(claim.read));
        users.add(groups, hit, facts, claim.name.path());
      }
      conclusion.found(
          groups,
          group ->
              (group.count() == 1 ? "PVC " : group.count() + " PVCs ")
                  + (group.count() == 1 ? group.names() : "(" + group.names() + ")")
                  + " pending: "
                  + group.cause());
    };
  }

  private static void addPending(SourceObject seen, List<Claim> claims) {
    var tree = seen.tree();
    var created = Fields.time(tree, "metadata", "creationTimestamp");
    if (!Fields.text(tree, "status", "phase").equals("Pending")
        || !Recency.isOlder(created, seen.at(), SOON)
        || tree.path("metadata").has("deletionTimestamp")) {
      return;
    }
    var old = Fields.text(tree, "metadata", "annotations", OLD_CLASS);
    var named = Fields.at(tree, "spec", "storageClassName");
    var name = named.isTextual() ? named.asText() : old;
    claims.add(
        new Claim(
            new ObjectName("PersistentVolumeClaim", seen.namespace(), seen.name()),
            seen.uid(),
            name,
            named.isTextual() || !old.isEmpty(),
            created,
            seen.at(),
            seen.evidence(
                "claim " + seen.namespace() + "/" + seen.name() + ", phase Pending",
                "storageClassName " + (name.isEmpty() ? "is not set" : name))));
  }

  private static Cause cause(
      Facts facts, Claim claim, Map<String, StorageClass> classes, List<PodFact> waiting) {
    var known = facts.missing(CLASSES).isEmpty();
    var storageClass = Optional.ofNullable(classes.get(claim.storageClass));
    if (!claim.storageClass.isEmpty() && known && storageClass.isEmpty()) {
      var failed = event(facts, claim, "ProvisioningFailed");
      return new Cause(
          "there is no StorageClass " + claim.storageClass, failed.map(EventFact::evidence), false);
    }
    var failed = event(facts, claim, "ProvisioningFailed");
    if (failed.isPresent()) {
      var message =
          RuleText.cut(CauseNormalizer.of(failed.get().message(), claim.name.name()), 160);
      return new Cause(
          "class " + claim.storageClass + ", provisioning fails: " + message,
          Optional.of(failed.get().evidence()),
          false);
    }
    // Both are of type Normal.
    var binding = event(facts, claim, "FailedBinding");
    long defaults = classes.values().stream().filter(StorageClass::isDefault).count();
    if (!claim.named && (binding.isPresent() || known)) {
      var words =
          defaults == 0
              ? "no StorageClass set, and there is no default class"
              : "no StorageClass set, and there " + are(defaults);
      return new Cause(words, binding.map(EventFact::evidence), false);
    }
    if (claim.storageClass.isEmpty()) {
      return new Cause(
          "it requests a volume without a class, and none matches",
          binding.map(EventFact::evidence),
          false);
    }
    return ofClass(facts, claim, storageClass, waiting);
  }

  private static String are(long defaults) {
    return defaults == 1 ? "is a default class now" : "are " + defaults + " default classes";
  }

  private static Cause ofClass(
      Facts facts, Claim claim, Optional<StorageClass> storageClass, List<PodFact> waiting) {
    var external = event(facts, claim, "ExternalProvisioning");
    boolean silent =
        external
            .filter(event ->
                event.first().isBefore(facts.eventsReadAt(event).minus(SILENT))
                    || claim
                        .created
                        .filter(at -> at.isBefore(claim.read.minus(SILENT)))
                        .isPresent())
            .isPresent();
    if (silent) {
      return new Cause(
          "class "
              + claim.storageClass
              + ", its provisioner "
              + storageClass.map(StorageClass::provisioner).orElse("")
              + " does not respond",
          external.map(EventFact::evidence),
          false);
    }
    if (storageClass.filter(StorageClass::waits).isPresent()) {
      // Its pod is not placed for another reason; the claim follows it.
      boolean follows = waiting.stream().allMatch(pod -> pod.node().isEmpty() && !isAbout(pod));
      return new Cause(
          waiting.isEmpty()
              ? "class " + claim.storageClass + " waits for the first pod that uses it"
              : follows
                  ? "class " + claim.storageClass + " waits until a pod that uses it is scheduled"
                  : "class "
                      + claim.storageClass
                      + ", and no volume matches the nodes where its pod can run",
          Optional.empty(),
          follows);
    }
    var none = storageClass.filter(each -> each.provisioner.equals("kubernetes.io/no-provisioner"));
    return new Cause(
        "class "
            + claim.storageClass
            + (none.isPresent()
                ? " provisions no volumes, and none matches"
                : ", no cause found in the bundle"),
        external.map(EventFact::evidence),
        false);
  }

  /// Returns whether the scheduler's message is about volumes.
  private static boolean isAbout(PodFact pod) {
    return pod.scheduled().message().contains("olume");
  }

  private static Optional<EventFact> event(Facts facts, Claim claim, String reason) {
    return facts.events().of(reason).stream()
        .filter(event -> event.uid().equals(claim.uid) && event.object().equals(claim.name))
        .max(Comparator.comparing(EventFact::last));
  }
}

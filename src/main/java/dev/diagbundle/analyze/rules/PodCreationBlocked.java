package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import java.util.regex.Pattern;

/// Controllers whose pods the API server rejects, so that no pod shows the reason.
final class PodCreationBlocked extends Rule {
  // Without nested repetition: a hostile message costs no more than its length.
  private static final Pattern QUOTA = Pattern.compile("exceeded quota: ([a-z0-9.-]{1,253})");
  private static final Pattern SECURITY = Pattern.compile("violates PodSecurity \"([^\"]{1,80})\"");
  private static final Pattern CALL =
      Pattern.compile("failed calling webhook \\\\?\"([^\"\\\\]{1,253})");
  private static final Pattern DENIAL =
      Pattern.compile("admission webhook \\\\?\"([^\"\\\\]{1,253})\\\\?\" denied");
  private static final Pattern ACCOUNT =
      Pattern.compile("error looking up service account ([a-z0-9./-]{1,320})");
  private static final Pattern RANGE =
      Pattern.compile("(minimum|maximum) (\\S{1,40}) (?:usage|limit|request)\\b");

  PodCreationBlocked() {
    super(
        "pod-creation-blocked",
        Layer.SCHEDULING,
        "Increase the quota or free what is used; create the missing ServiceAccount; make the"
            + " pod meet the namespace's Pod Security level.",
        KUBERNETES + "concepts/policy/resource-quotas/",
        CheckInput.REPLICA_SETS,
        CheckInput.EVENTS);
  }

  private record Blocked(ObjectName name, PodFact.Condition failure, Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("FailedCreate", "SuccessfulCreate");
    var blocked = new ArrayList<Blocked>();
    for (String folder : List.of("deployments", "replicasets")) {
      Workload.watch(
          interests,
          folder,
          folder.equals("deployments") ? "Deployment" : "ReplicaSet",
          each -> each.failure().isTrue() && each.failure().reason().equals("FailedCreate"),
          each ->
              blocked.add(
                  new Blocked(
                      each.name(),
                      each.failure(),
                      each.place().saying(each.name().toString(), each.failure().message()))));
    }
    return (facts, conclusion) -> {
      var alive = new HashSet<ObjectName>();
      facts.pods().stream()
          .filter(pod -> pod.ready().isTrue())
          .forEach(pod -> alive.add(facts.root(pod)));
      var made = new HashMap<String, Instant>();
      facts
          .events()
          .of("SuccessfulCreate")
          .forEach(event -> made.merge(event.uid(), event.last(), (a, b) -> a.isAfter(b) ? a : b));
      var groups = HitGroups.byCause();
      var told = new HashSet<ObjectName>();
      for (Blocked each : blocked) {
        // The ReplicaSet reports the same as its Deployment.
        if (told.add(facts.root(each.name))) {
          groups.add(
              hit(facts, alive, each.name, each.failure.message(), each.place)
                  .seen(each.failure.since(), Optional.empty()));
        }
      }
      for (EventFact event : facts.events().of("FailedCreate")) {
        var later = made.getOrDefault(event.uid(), Instant.MIN);
        if (!Recency.is(facts, event) || later.isAfter(event.last())) {
          continue;
        }
        groups.add(
            hit(facts, alive, event.object(), event.message(), event.evidence())
                .times(event.count())
                .seen(Optional.of(event.first()), Optional.of(event.last())));
      }
      conclusion.found(groups, group -> group.who() + " cannot create pods: " + group.cause());
    };
  }

  private static Hit hit(
      Facts facts, Set<ObjectName> alive, ObjectName name, String message, Evidence place) {
    var root = facts.root(name);
    return Hit.of(
            alive.contains(root) ? Severity.WARNING : Severity.CRITICAL,
            cause(message, name),
            // The ReplicaSet and its Deployment are one for the reader.
            root,
            place)
        .owner(root);
  }

  private static String cause(String message, ObjectName object) {
    var quota = QUOTA.matcher(message);
    if (quota.find()) {
      return "quota "
          + object.namespace()
          + "/"
          + quota.group(1)
          + " is exceeded"
          + amounts(message);
    }
    var security = SECURITY.matcher(message);
    if (security.find()) {
      return "namespace "
          + object.namespace()
          + " enforces the Pod Security level "
          + security.group(1);
    }
    var call = CALL.matcher(message);
    if (call.find()) {
      return "webhook " + call.group(1) + " cannot be called";
    }
    var denial = DENIAL.matcher(message);
    if (denial.find()) {
      return "webhook " + denial.group(1) + " denies them";
    }
    var account = ACCOUNT.matcher(message);
    if (account.find()) {
      return "ServiceAccount " + account.group(1).replaceAll("[:.]$", "") + " does not exist";
    }
    var range = RANGE.matcher(message);
    if (range.find()) {
      return "the namespace's LimitRange: " + range.group(1) + " " + range.group(2);
    }
    return RuleText.cut(CauseNormalizer.of(message, object.name()), 200);
  }

  /// The requested amounts of the quota, from the message.
  private static String amounts(String message) {
    int from = message.indexOf("requested: ");
    return from < 0 ? "" : " (" + RuleText.cut(message.substring(from), 160) + ")";
  }
}

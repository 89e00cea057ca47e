package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ContainerEvidence;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Jobs that have failed or keep failing.
final class JobFailed extends Rule {
  private static final int OFTEN = 3;

  JobFailed() {
    super(
        "job-failed",
        Layer.WORKLOAD,
        "Read the log of its last pod, fix the error it reports, and rerun the Job.",
        KUBERNETES + "concepts/workloads/controllers/job/",
        CheckInput.JOBS,
        CheckInput.PODS);
  }

  private record Failed(
      ObjectName name, long pods, String reason, Optional<Instant> at, Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    var failed = new ArrayList<Failed>();
    var succeeded = new HashMap<ObjectName, Instant>();
    interests.objects(
        "jobs",
        seen -> {
          var name = new ObjectName("Job", seen.namespace(), seen.name());
          Fields.time(seen.tree(), "status", "completionTime")
              .ifPresent(at -> succeeded.put(name, at));
          add(seen, name, failed);
        });
    return (facts, conclusion) -> {
      var latest = new HashMap<ObjectName, Instant>();
      succeeded.forEach(
          (job, at) -> latest.merge(facts.root(job), at, (a, b) -> a.isAfter(b) ? a : b));
      var groups = HitGroups.byOwner();
      for (Failed job : failed) {
        var root = facts.root(job.name);
        var good = latest.getOrDefault(root, Instant.MIN);
        boolean later = good.isAfter(job.at.orElse(Instant.MAX));
        var pod = lastPod(facts, job.name);
        var words = pod.map(each -> lastWords(facts, each)).orElse("");
        groups.add(
            Hit.of(later ? Severity.INFO : Severity.WARNING, job.reason, job.name, job.place)
                .and(pod.map(each -> each.place().saying("pod " + each.name().path())))
                .and(
                    pod.flatMap(each ->
                        each.containers().stream()
                            .flatMap(
                                container -> ContainerEvidence.log(facts, each, container).stream())
                            .findFirst()))
                .owner(root)
                .node(pod.map(PodFact::node).orElse(""))
                .times(Math.max(1, job.pods))
                .seen(job.at, job.at)
                .detail(
                    (words.isEmpty() ? "" : " — “" + RuleText.cut(words, 160) + "”")
                        + (later ? "; a later run succeeded" : "")));
      }
      conclusion.found(
          groups,
          group ->
              (group.count() == 1
                      ? "Job " + group.names()
                      : group.count() + " Jobs of " + group.who())
                  + " failed: "
                  + group.cause()
                  + " after "
                  + RuleText.count(group.times(), "pod")
                  + group.detail());
    };
  }

  private static void add(SourceObject seen, ObjectName name, List<Failed> failed) {
    var tree = seen.tree();
    var condition = Workload.condition(tree, "Failed");
    long pods = Fields.number(tree, "status", "failed");
    boolean active = Fields.number(tree, "status", "active") > 0;
    if (!condition.isTrue() && !(pods >= OFTEN && active)) {
      return;
    }
    failed.add(
        new Failed(
            name,
            pods,
            condition.isTrue() ? condition.reason() : "retrying",
            condition.since(),
            seen.evidence("Job " + name.path() + ", failed " + pods, condition.message())));
  }

  private static Optional<PodFact> lastPod(Facts facts, ObjectName job) {
    return facts.podsOf(job).stream()
        .filter(pod -> pod.phase().equals("Failed"))
        .max(Comparator.comparing(pod -> pod.created().orElse(Instant.MIN)));
  }

  private static String lastWords(Facts facts, PodFact pod) {
    return pod.containers().stream()
        .map(container -> ContainerEvidence.lastWords(facts, pod, container))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("");
  }
}

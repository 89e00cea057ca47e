package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Evidence;
import dev.diagbundle.analyze.Facts;
import dev.diagbundle.analyze.Fields;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.PodFact;
import dev.diagbundle.analyze.SeenObject;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Jobs that have failed, or fail again and again.
final class JobFailed implements Analyzer {
  private static final Check CHECK =
      new Check(
          "job-failed",
          Layer.CONTAINER,
          "Read the log of its last pod, repair what it names, and run the Job again.",
          Check.KUBERNETES + "concepts/workloads/controllers/job/",
          Input.JOBS,
          Input.PODS);
  private static final int OFTEN = 3;

  @Override
  public Check check() {
    return CHECK;
  }

  private record Failed(
      ObjectName name, long pods, String reason, Optional<Instant> at, Evidence place) {}

  @Override
  public Study begin(Interests interests) {
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
      var groups = Groups.byOwner();
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
                                container -> ContainerPlaces.log(facts, each, container).stream())
                            .findFirst()))
                .owner(root)
                .node(pod.map(PodFact::node).orElse(""))
                .times(Math.max(1, job.pods))
                .seen(job.at, job.at)
                .detail(
                    (words.isEmpty() ? "" : " — “" + Words.cut(words, 160) + "”")
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
                  + Words.count(group.times(), "pod")
                  + group.detail());
    };
  }

  private static void add(SeenObject seen, ObjectName name, List<Failed> failed) {
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
            condition.isTrue() ? condition.reason() : "it is tried again",
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
        .map(container -> ContainerPlaces.lastWords(facts, pod, container))
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("");
  }
}

package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.EventFact;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.CronSchedule;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// CronJobs that miss their schedule or whose Jobs fail.
///
/// A schedule without a time zone uses that of the controller manager, which is taken to be UTC.
final class CronjobNotRunning extends Rule {
  private static final String[] REASONS = {
    "UnParseableCronJobSchedule",
    "UnparseableSchedule",
    "InvalidSchedule",
    "UnknownTimeZone",
    "TooManyMissedTimes",
    "MissSchedule",
    "FailedCreate"
  };
  private static final int MISSED = 2;
  private static final int UNSUCCESSFUL = 3;

  CronjobNotRunning() {
    super(
        "cronjob-not-running",
        Layer.WORKLOAD,
        "Correct the schedule or the time zone; set startingDeadlineSeconds to 10 or more; with"
            + " concurrencyPolicy Forbid, look for a Job that hangs.",
        KUBERNETES + "concepts/workloads/controllers/cron-jobs/",
        CheckInput.objects("cron jobs", "cronjobs", "cronjobs/"),
        CheckInput.EVENTS);
  }

  /// @param due the last times at which it was due, the latest first; none if they are unknown
  /// @param scheduled the time of its last run, or its creation if it never ran
  private record CronJob(
      ObjectName name,
      String uid,
      boolean suspended,
      String held,
      List<Instant> due,
      Optional<Instant> made,
      Optional<Instant> scheduled,
      Optional<Instant> succeeded,
      Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events(REASONS);
    var jobs = new ArrayList<CronJob>();
    interests.objects(
        "cronjobs",
        seen -> {
          var job = read(seen);
          if (job.suspended || isLate(job) || isUnsuccessful(job) || job.due.isEmpty()) {
            jobs.add(job);
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      for (CronJob job : jobs) {
        hit(facts, job).ifPresent(groups::add);
      }
      // One that is not late yet may have its reason already.
      for (EventFact event : facts.events().of(REASONS)) {
        if (event.object().kind().equals("CronJob")
            && Recency.is(facts, event)
            && jobs.stream().noneMatch(job -> job.name.equals(event.object()))) {
          groups.add(
              Hit.of(Severity.WARNING, cause(event), event.object(), event.evidence())
                  .times(event.count())
                  .seen(Optional.of(event.first()), Optional.of(event.last())));
        }
      }
      conclusion.found(
          groups,
          group ->
              (group.count() == 1 ? "CronJob " : group.count() + " CronJobs ")
                  + group.names()
                  + (group.count() == 1 ? group.detail() : "")
                  + ": "
                  + group.cause());
    };
  }

  private static CronJob read(SourceObject seen) {
    var tree = seen.tree();
    var schedule =
        CronSchedule.parse(
            Fields.text(tree, "spec", "schedule"), Fields.text(tree, "spec", "timeZone"));
    var active = Fields.at(tree, "status", "active");
    boolean forbids = Fields.text(tree, "spec", "concurrencyPolicy").equals("Forbid");
    return new CronJob(
        new ObjectName("CronJob", seen.namespace(), seen.name()),
        seen.uid(),
        Fields.flag(tree, "spec", "suspend"),
        forbids ? Fields.text(active.path(0), "name") : "",
        schedule.map(each -> each.before(seen.at(), UNSUCCESSFUL)).orElse(List.of()),
        Fields.time(tree, "metadata", "creationTimestamp"),
        Fields.time(tree, "status", "lastScheduleTime"),
        Fields.time(tree, "status", "lastSuccessfulTime"),
        seen.evidence(
            "CronJob " + seen.namespace() + "/" + seen.name(),
            "schedule "
                + Fields.text(tree, "spec", "schedule")
                + " "
                + Fields.text(tree, "spec", "timeZone"),
            "lastScheduleTime " + Fields.text(tree, "status", "lastScheduleTime")));
  }

  /// Returns whether it did not run at the last two times at which it was due.
  private static boolean isLate(CronJob job) {
    return isBehind(job, job.scheduled, MISSED);
  }

  /// Returns whether it ran at the last three times at which it was due, without success.
  private static boolean isUnsuccessful(CronJob job) {
    return isBehind(job, job.succeeded, UNSUCCESSFUL);
  }

  private static boolean isBehind(CronJob job, Optional<Instant> last, int times) {
    // A new one has no history.
    return job.due.size() >= times
        && last.or(job::made).filter(at -> at.isBefore(job.due.get(times - 1))).isPresent();
  }

  private static Optional<Hit> hit(Facts facts, CronJob job) {
    if (job.suspended) {
      return Optional.of(Hit.of(Severity.INFO, "suspended", job.name, job.place));
    }
    var event =
        facts.events().of(REASONS).stream()
            .filter(each -> each.object().equals(job.name) && each.uid().equals(job.uid))
            .filter(each -> Recency.is(facts, each))
            .max(Comparator.comparing(EventFact::last));
    boolean late = isLate(job);
    if (!late && !isUnsuccessful(job) && event.isEmpty()) {
      return Optional.empty();
    }
    var cause =
        event
            .map(CronjobNotRunning::cause)
            .orElse(
                !job.held.isEmpty()
                    ? "its previous Job is still active, and concurrencyPolicy is Forbid"
                    : late ? "no cause found in the bundle" : "its Jobs do not succeed");
    var since = late ? job.scheduled : job.succeeded;
    var words = late || event.isPresent() ? " has not run" : " has not succeeded";
    return Optional.of(
        Hit.of(Severity.WARNING, cause, job.name, job.place)
            .and(event.map(EventFact::evidence))
            .times(event.map(EventFact::count).orElse(1L))
            .detail(words + since.map(at -> " since " + at).orElse(" yet")));
  }

  private static String cause(EventFact event) {
    return event.reason()
        + ", "
        + RuleText.cut(CauseNormalizer.of(event.message(), event.object().name()), 160);
  }
}

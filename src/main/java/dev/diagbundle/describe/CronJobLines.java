package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The description of a CronJob.
final class CronJobLines {
  private static final String UNSET = "<unset>";

  private CronJobLines() {}

  static void render(TabbedText text, JsonNode cronJob, Viewpoint viewpoint) throws IOException {
    var spec = cronJob.path("spec");
    WorkloadLines.name(text, cronJob);
    WorkloadLines.labelsAndAnnotations(text, cronJob);
    text.line(0, "Schedule:", TypedFields.text(spec, "schedule"));
    text.line(0, "Concurrency Policy:", TypedFields.text(spec, "concurrencyPolicy"));
    text.line(0, "Suspend:", suspended(spec));
    boolean zoned = TypedFields.has(spec, "timeZone");
    text.line(0, "Time Zone:", zoned ? TypedFields.text(spec, "timeZone") : UNSET);
    text.line(
        0,
        "Successful Job History Limit:",
        WorkloadLines.numberOrUnset(spec, "successfulJobsHistoryLimit"));
    text.line(
        0,
        "Failed Job History Limit:",
        WorkloadLines.numberOrUnset(spec, "failedJobsHistoryLimit"));
    var deadline = WorkloadLines.numberOrUnset(spec, "startingDeadlineSeconds");
    text.line(0, "Starting Deadline Seconds:", deadline.equals(UNSET) ? UNSET : deadline + "s");
    job(text, TypedFields.at(spec, "jobTemplate", "spec"), viewpoint);
    var last = TypedFields.at(cronJob, "status", "lastScheduleTime");
    text.line(0, "Last Schedule Time:", last.isTextual() ? viewpoint.time(Times.of(last)) : UNSET);
    var active =
        TypedFields.items(cronJob, "status", "active").stream()
            .map(job -> TypedFields.text(job, "name"))
            .collect(Collectors.joining(", "));
    text.line(0, "Active Jobs:", active.isEmpty() ? "<none>" : active);
  }

  private static String suspended(JsonNode spec) {
    if (!TypedFields.has(spec, "suspend")) {
      return UNSET;
    }
    return TypedFields.isTrue(spec, "suspend") ? "True" : "False";
  }

  private static void job(TabbedText text, JsonNode spec, Viewpoint viewpoint) throws IOException {
    boolean selects = TypedFields.has(spec, "selector");
    text.line(0, "Selector:", selects ? SelectorText.of(spec.path("selector")) : UNSET);
    text.line(0, "Parallelism:", WorkloadLines.numberOrUnset(spec, "parallelism"));
    text.line(0, "Completions:", WorkloadLines.numberOrUnset(spec, "completions"));
    JobLines.number(text, "Active Deadline Seconds:", spec, "activeDeadlineSeconds", "s");
    PodTemplateLines.render(text, spec.path("template"), viewpoint);
  }
}

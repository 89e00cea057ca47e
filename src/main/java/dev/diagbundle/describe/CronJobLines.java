package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.stream.Collectors;

/// The description of a CronJob.
final class CronJobLines {
  private static final String UNSET = "<unset>";

  private CronJobLines() {}

  static void render(TabbedText text, JsonNode cronJob, Viewpoint viewpoint) throws IOException {
    var spec = cronJob.path("spec");
    WorkloadLines.name(text, cronJob);
    WorkloadLines.labelsAndAnnotations(text, cronJob);
    text.line(0, "Schedule:", JsonFields.text(spec, "schedule"));
    text.line(0, "Concurrency Policy:", JsonFields.text(spec, "concurrencyPolicy"));
    text.line(0, "Suspend:", suspended(spec));
    boolean zoned = JsonFields.has(spec, "timeZone");
    text.line(0, "Time Zone:", zoned ? JsonFields.text(spec, "timeZone") : UNSET);
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
    job(text, JsonFields.at(spec, "jobTemplate", "spec"), viewpoint);
    var last = JsonFields.at(cronJob, "status", "lastScheduleTime");
    text.line(0, "Last Schedule Time:", last.isTextual() ? viewpoint.time(Times.of(last)) : UNSET);
    var active =
        JsonFields.items(cronJob, "status", "active").stream()
            .map(job -> JsonFields.text(job, "name"))
            .collect(Collectors.joining(", "));
    text.line(0, "Active Jobs:", active.isEmpty() ? "<none>" : active);
  }

  private static String suspended(JsonNode spec) {
    if (!JsonFields.has(spec, "suspend")) {
      return UNSET;
    }
    return JsonFields.isTrue(spec, "suspend") ? "True" : "False";
  }

  private static void job(TabbedText text, JsonNode spec, Viewpoint viewpoint) throws IOException {
    boolean selects = JsonFields.has(spec, "selector");
    text.line(0, "Selector:", selects ? SelectorText.of(spec.path("selector")) : UNSET);
    text.line(0, "Parallelism:", WorkloadLines.numberOrUnset(spec, "parallelism"));
    text.line(0, "Completions:", WorkloadLines.numberOrUnset(spec, "completions"));
    JobLines.number(text, "Active Deadline Seconds:", spec, "activeDeadlineSeconds", "s");
    PodTemplateLines.render(text, spec.path("template"), viewpoint);
  }
}

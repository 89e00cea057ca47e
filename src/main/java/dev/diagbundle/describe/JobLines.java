package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.Age;
import dev.diagbundle.describe.kubectl.SelectorText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The description of a Job.
final class JobLines {
  private static final int MIN_INDEXES = 50;

  private JobLines() {}

  static void render(TabbedText text, JsonNode job, Viewpoint viewpoint) throws IOException {
    var spec = job.path("spec");
    WorkloadLines.name(text, job);
    text.line(0, "Selector:", SelectorText.of(spec.path("selector")));
    WorkloadLines.labelsAndAnnotations(text, job);
    MetadataLines.controller(text, job);
    number(text, "Parallelism:", spec, "parallelism", "");
    text.line(0, "Completions:", WorkloadLines.numberOrUnset(spec, "completions"));
    var mode = TypedFields.text(spec, "completionMode");
    MetadataLines.optional(text, 0, "Completion Mode:", spec, "completionMode");
    MetadataLines.optional(text, 0, "Suspend:", spec, "suspend");
    number(text, "Backoff Limit:", spec, "backoffLimit", "");
    number(text, "TTL Seconds After Finished:", spec, "ttlSecondsAfterFinished", "");
    times(text, job.path("status"), viewpoint);
    number(text, "Active Deadline Seconds:", spec, "activeDeadlineSeconds", "s");
    text.line(0, "Pods Statuses:", pods(job.path("status")));
    if (mode.equals("Indexed")) {
      text.line(
          0, "Completed Indexes:", indexes(TypedFields.text(job, "status", "completedIndexes")));
    }
    PodTemplateLines.render(text, spec.path("template"), viewpoint);
  }

  static void number(TabbedText text, String title, JsonNode spec, String field, String unit)
      throws IOException {
    if (TypedFields.has(spec, field)) {
      text.line(0, title, TypedFields.number(spec, field) + unit);
    }
  }

  private static void times(TabbedText text, JsonNode status, Viewpoint viewpoint)
      throws IOException {
    boolean started = TypedFields.has(status, "startTime");
    boolean completed = TypedFields.has(status, "completionTime");
    var start = Times.of(status.path("startTime"));
    var end = Times.of(status.path("completionTime"));
    if (started) {
      text.line(0, "Start Time:", viewpoint.time(start));
    }
    if (completed) {
      text.line(0, "Completed At:", viewpoint.time(end));
    }
    if (started && completed) {
      text.line(0, "Duration:", Age.of(Duration.between(start, end)));
    }
  }

  private static String pods(JsonNode status) {
    var ready =
        TypedFields.has(status, "ready")
            ? " (" + TypedFields.number(status, "ready") + " Ready)"
            : "";
    return TypedFields.number(status, "active")
        + " Active"
        + ready
        + " / "
        + TypedFields.number(status, "succeeded")
        + " Succeeded / "
        + TypedFields.number(status, "failed")
        + " Failed";
  }

  /// The indexes up to the first comma after the fiftieth character.
  private static String indexes(String indexes) {
    if (indexes.isEmpty()) {
      return "<none>";
    }
    int comma = indexes.indexOf(',', MIN_INDEXES);
    return comma < 0 ? indexes : indexes.substring(0, comma + 1) + "...";
  }
}

package dev.diagbundle.report.collection;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Fields;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The sums of `requests.jsonl`.
public final class RequestTally {
  private static final Set<String> ENDS =
      Set.of("complete", "truncated", "timed-out", "reset", "refused", "cancelled");

  private final Map<Integer, Long> byStatus = new TreeMap<>();
  private final Map<String, Long> byEnd = new TreeMap<>();
  private final ObservedRights rights = new ObservedRights();
  private int[] millis = new int[256];
  private int sent;
  private long retries;
  private long bytes;

  public static RequestTally of(BundleFiles files) {
    var tally = new RequestTally();
    for (var cluster : files.clusters()) {
      cluster.find("requests.jsonl").ifPresent(entry -> files.eachJsonLine(entry, tally::add));
    }
    Arrays.sort(tally.millis, 0, tally.sent);
    return tally;
  }

  /// The observed permissions.
  List<ObservedRights.Row> rights() {
    return rights.rows();
  }

  public int sent() {
    return sent;
  }

  /// The number of requests in words: `187, 14 of them retries`.
  String sentText() {
    return TextFormat.count(sent)
        + (retries > 0 ? ", " + TextFormat.count(retries) + " of them retries" : "");
  }

  /// The responses by status: `161 × 200, 11 × 503, 3 without answer`, the usual first.
  String answers() {
    return byStatus.entrySet().stream()
        .sorted(Map.Entry.<Integer, Long>comparingByValue().reversed())
        .map(status ->
            status.getKey() == 0
                ? TextFormat.count(status.getValue()) + " without response"
                : TextFormat.count(status.getValue()) + "\u00a0×\u00a0" + status.getKey())
        .collect(Collectors.joining(", "));
  }

  /// The incomplete responses: `2 timed-out, 1 reset`; empty if every response was read to its end.
  String brokenOff() {
    return byEnd.entrySet().stream()
        .filter(end -> !end.getKey().equals("complete"))
        .map(end -> TextFormat.count(end.getValue()) + "\u00a0" + end.getKey())
        .collect(Collectors.joining(", "));
  }

  long throttled() {
    return byStatus.getOrDefault(429, 0L);
  }

  long bytes() {
    return bytes;
  }

  /// The time within which this share of the requests ended, in milliseconds.
  int quantile(double share) {
    return sent == 0 ? 0 : millis[(int) Math.min(sent - 1L, (long) (share * sent))];
  }

  private void add(JsonNode request) {
    if (sent == millis.length) {
      millis = Arrays.copyOf(millis, sent * 2);
    }
    rights.add(request);
    long took = Fields.number(request, "durationMillis");
    millis[sent++] = Math.clamp(took, 0, Integer.MAX_VALUE);
    bytes += Math.max(0, Fields.number(request, "bytes"));
    retries += Fields.number(request, "attempt") > 1 ? 1 : 0;
    long status = Fields.number(request, "status");
    byStatus.merge(status >= 100 && status <= 999 ? (int) status : 0, 1L, Long::sum);
    var end = Fields.text(request, "result");
    // The words are a closed list; anything else is damage and would let the map grow.
    byEnd.merge(ENDS.contains(end) ? end : "complete", 1L, Long::sum);
  }
}

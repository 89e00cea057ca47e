package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.model.Fields;

/// What was asked of the cluster, by its record.
public final class RequestStatistics {
  /// Kept at most of the refused ones.
  private static final int MAX_ROWS = 500;

  private final Map<Long, Long> statuses = new TreeMap<>();
  private final List<Row> refused = new ArrayList<>();
  private final ClockOffsets clocks = new ClockOffsets();
  private long total;

  /// One request that was not answered well.
  ///
  /// @param status of HTTP; 0 if no answer came
  public record Row(String url, long status, String ended, String node, Evidence evidence) {}

  public RequestStatistics() {}

  public void add(JsonNode request, String path, long line) {
    long status = Fields.number(request, "status");
    total++;
    clocks.add(request, path, line);
    statuses.merge(status, 1L, Long::sum);
    if ((status == 0 || status >= 400) && refused.size() < MAX_ROWS) {
      var url = Fields.text(request, "url");
      refused.add(
          new Row(
              url,
              status,
              Fields.text(request, "result"),
              Fields.text(request, "node"),
              Evidence.line(path, line, status + " " + url)));
    }
  }

  /// What the dates of the answers say of clocks.
  public ClockOffsets clocks() {
    return clocks;
  }

  public long total() {
    return total;
  }

  /// How many had the status.
  public long count(long status) {
    return statuses.getOrDefault(status, 0L);
  }

  /// Those of statuses from 400 and those without an answer, the first few hundred.
  public List<Row> refused() {
    return List.copyOf(refused);
  }
}

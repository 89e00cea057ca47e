package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.model.Fields;

/// Statistics of the requests to the cluster, from the request log of the bundle.
public final class RequestStatistics {
  /// The maximum number of refused requests that are kept.
  private static final int MAX_ROWS = 500;

  private final Map<Long, Long> statuses = new TreeMap<>();
  private final List<Row> refused = new ArrayList<>();
  private final ClockOffsets clocks = new ClockOffsets();
  private long total;

  /// One failed request.
  ///
  /// @param status the HTTP status; 0 if there was no response
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

  /// The clock offsets by the dates of the responses.
  public ClockOffsets clocks() {
    return clocks;
  }

  public long total() {
    return total;
  }

  /// The number of requests with this status.
  public long count(long status) {
    return statuses.getOrDefault(status, 0L);
  }

  /// The requests with a status from 400 and those without a response, the first few hundred.
  public List<Row> refused() {
    return List.copyOf(refused);
  }
}

package dev.diagbundle.analyze.facts;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.model.Fields;

/// The offsets of clocks, by the `Date` of responses: the API server's own, and those of kubelets,
/// which the API server's proxy passes on. A response's date, in whole seconds, was written at some
/// time between the request and its end; many responses narrow that down.
public final class ClockOffsets {
  private static final String PROXY = "/proxy/";
  private static final int OK = 200;

  private final Span server = new Span();
  private final Map<String, Span> nodes = new TreeMap<>();

  ClockOffsets() {}

  /// The minimum and maximum lead of a clock over the collector's, in milliseconds.
  private static final class Span {
    private long least = Long.MIN_VALUE;
    private long most = Long.MAX_VALUE;
    private Optional<Evidence> evidence = Optional.empty();

    void add(long from, long to, Evidence answer) {
      if (to - from < (most == Long.MAX_VALUE ? Long.MAX_VALUE : most - least)) {
        evidence = Optional.of(answer);
      }
      least = Math.max(least, from);
      most = Math.min(most, to);
    }

    boolean isKnown() {
      return evidence.isPresent();
    }

    // A clock that was set during the run leads to contradictory responses.
    long low() {
      return Math.min(least, most);
    }

    long high() {
      return Math.max(least, most);
    }
  }

  /// The minimum lead of a clock over another; negative if it is behind.
  public record Skew(Duration atLeast, Evidence evidence) {}

  void add(JsonNode request, String path, long line) {
    var url = Fields.text(request, "url");
    var sent = Fields.time(request, "time");
    var date = date(Fields.text(request, "serverDate"));
    if (Fields.number(request, "status") != OK || sent.isEmpty() || date.isEmpty()) {
      return;
    }
    long took = Math.max(0, Fields.number(request, "durationMillis"));
    long from = Duration.between(sent.get(), date.get()).toMillis();
    var answer =
        Evidence.line(
            path,
            line,
            "Date " + Fields.text(request, "serverDate") + " of " + url + ", sent " + sent.get());
    var node = Fields.text(request, "node");
    boolean proxied = !node.isEmpty() && url.contains("/nodes/") && url.contains(PROXY);
    (proxied ? nodes.computeIfAbsent(node, _ -> new Span()) : server)
        .add(from - took, from + 1_000, answer);
  }

  /// The lead of the API server over the collector, if the responses prove that they differ.
  public Optional<Skew> collector() {
    return server.isKnown() ? skew(server, 0, 0) : Optional.empty();
  }

  /// The nodes whose clock differs from the API server's, by name.
  public Map<String, Skew> nodes() {
    var skewed = new TreeMap<String, Skew>();
    if (server.isKnown()) {
      nodes.forEach((name, span) ->
          skew(span, server.low(), server.high()).ifPresent(skew -> skewed.put(name, skew)));
    }
    return skewed;
  }

  /// A predicate for nodes without a response that would reveal their clock.
  public Predicate<String> unknown() {
    return name -> !server.isKnown() || !nodes.containsKey(name);
  }

  private static Optional<Skew> skew(Span span, long low, long high) {
    long ahead = span.low() - high;
    long behind = span.high() - low;
    if (ahead <= 0 && behind >= 0) {
      return Optional.empty();
    }
    return Optional.of(
        new Skew(Duration.ofMillis(ahead > 0 ? ahead : behind), span.evidence.orElseThrow()));
  }

  private static Optional<Instant> date(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}

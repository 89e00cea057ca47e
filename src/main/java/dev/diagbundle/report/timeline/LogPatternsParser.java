package dev.diagbundle.report.timeline;

import static dev.diagbundle.report.input.JsonWalk.eachElement;
import static dev.diagbundle.report.input.JsonWalk.eachField;
import static dev.diagbundle.report.input.JsonWalk.fields;
import static dev.diagbundle.report.input.JsonWalk.number;
import static dev.diagbundle.report.input.JsonWalk.text;
import static dev.diagbundle.report.input.JsonWalk.time;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads `log-patterns.json` in one pass, of which it keeps what the page has room for. What has no
/// known name, or another type than it should, is passed over.
final class LogPatternsParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "diagbundle.dev/log-patterns/v1";
  private static final int MAX_NODES = 10_000;
  private static final int MAX_SPANS = 20_000;
  private static final int MAX_BINS = 100_000;
  private static final int MAX_PATH = 4_000;
  private static final Pattern CONTROL_PLANE =
      Pattern.compile(
          "(clusters/[^/]+/)?cluster-resources/pods/logs/kube-system/"
              + "(kube-apiserver|kube-controller-manager|kube-scheduler|etcd)-.*");
  private static final Pattern COPIES =
      Pattern.compile("(clusters/[^/]+/)?nodes/[^/]+/files/(pods|containers)/.*");

  private final TimelineScale scale;
  private final List<ParsedLogPatterns.Shape> shapes = new ArrayList<>();
  private final List<ParsedLogPatterns.Source> sources = new ArrayList<>();
  private final Map<ParsedLogPatterns.NodeKey, ParsedLogPatterns.NodeErrors> nodes =
      new HashMap<>();
  private int spans;
  private long allShapes;
  private long allSources;

  /// What stands before the lists of a cluster.
  private static final class Head {
    private final Map<String, String> texts = new TreeMap<>();

    private String cluster() {
      return texts.getOrDefault("cluster", "");
    }

    private long sum(String name) {
      return number(texts.getOrDefault(name, ""));
    }
  }

  private record Bin(long at, long count) {}

  LogPatternsParser(TimelineScale scale) {
    this.scale = scale;
  }

  /// @throws IOException if it is not whole, or no such file
  ParsedLogPatterns parse(InputStream in) throws IOException {
    var format = new StringBuilder();
    var heads = new ArrayList<Head>();
    try (var json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no patterns");
      }
      eachField(
          json,
          name -> {
            switch (name) {
              case "format" -> format.append(text(json));
              case "clusters" -> eachElement(json, () -> heads.add(cluster(json)));
              default -> json.skipChildren();
            }
          });
    }
    if (!format.toString().equals(FORMAT)) {
      throw new IOException("not the format " + FORMAT);
    }
    shapes.sort(Comparator.comparingLong((ParsedLogPatterns.Shape shape) -> -shape.count()));
    sources.sort(Comparator.comparingLong((ParsedLogPatterns.Source source) -> -source.errors()));
    return new ParsedLogPatterns(
        new ParsedLogPatterns.Totals(
            sum(heads, "logs"),
            sum(heads, "unreadLogs"),
            sum(heads, "errors"),
            allShapes + sum(heads, "otherShapes"),
            allSources + sum(heads, "otherLogs"),
            sum(heads, "droppedShapes")),
        shapes.subList(0, Math.min(LogPatternsSection.MAX_SHAPES, shapes.size())),
        sources.subList(0, Math.min(LogPatternsSection.MAX_SOURCES, sources.size())),
        nodes,
        true);
  }

  private static long sum(List<Head> heads, String name) {
    return heads.stream().mapToLong(head -> head.sum(name)).sum();
  }

  private Head cluster(JsonParser json) throws IOException {
    var head = new Head();
    int[] kept = new int[2];
    eachField(
        json,
        name -> {
          switch (name) {
            case "shapes" -> eachElement(json, () -> shape(json, head, kept[0]++));
            case "sources" -> eachElement(json, () -> kept[1] += source(json, head, kept[1]));
            default -> {
              if (json.currentToken().isScalarValue()) {
                head.texts.put(name, text(json));
              }
              json.skipChildren();
            }
          }
        });
    return head;
  }

  private void shape(JsonParser json, Head head, int before) throws IOException {
    var texts = fields(json);
    allShapes++;
    if (before >= LogPatternsSection.MAX_SHAPES) {
      return;
    }
    shapes.add(
        new ParsedLogPatterns.Shape(
            head.cluster(),
            texts.getOrDefault("shape", ""),
            number(texts.getOrDefault("count", "")),
            number(texts.getOrDefault("sources", "")),
            time(texts.getOrDefault("first", "")),
            time(texts.getOrDefault("last", "")),
            texts.getOrDefault("path", ""),
            number(texts.getOrDefault("line", "")),
            texts.getOrDefault("example", "")));
  }

  /// @param before how many logs with errors of this cluster were kept before
  /// @return 1 if it has errors
  private int source(JsonParser json, Head head, int before) throws IOException {
    var texts = new TreeMap<String, String>();
    var bins = new ArrayList<Bin>();
    eachField(
        json,
        name -> {
          if (name.equals("bins")) {
            eachElement(
                json, () -> bin(json).filter(_ -> bins.size() < MAX_BINS).ifPresent(bins::add));
          } else {
            texts.put(name, text(json, MAX_PATH));
            json.skipChildren();
          }
        });
    var path = texts.getOrDefault("path", "");
    var node = texts.getOrDefault("node", "");
    long errors = number(texts.getOrDefault("errors", ""));
    var times = times(head, bins);
    boolean ofNode = !node.isEmpty() && !COPIES.matcher(path).matches();
    if (ofNode || CONTROL_PLANE.matcher(path).matches()) {
      var span =
          new ParsedLogPatterns.Span(
              time(texts.getOrDefault("begin", "")), time(texts.getOrDefault("end", "")));
      add(new ParsedLogPatterns.NodeKey(head.cluster(), node), path, span, times);
    }
    if (errors == 0) {
      return 0;
    }
    allSources++;
    if (before < LogPatternsSection.MAX_SOURCES) {
      long lines = number(texts.getOrDefault("lines", ""));
      sources.add(new ParsedLogPatterns.Source(head.cluster(), path, lines, errors, times));
    }
    return 1;
  }

  private void add(
      ParsedLogPatterns.NodeKey key, String path, ParsedLogPatterns.Span span, TimeBins times) {
    if (nodes.size() >= MAX_NODES && !nodes.containsKey(key)) {
      return;
    }
    var node =
        nodes.computeIfAbsent(
            key, _ -> new ParsedLogPatterns.NodeErrors(new TimeBins(), new HashMap<>()));
    node.bins().addAll(times);
    if (spans++ < MAX_SPANS) {
      node.spans().put(path, span);
    }
  }

  private TimeBins times(Head head, List<Bin> bins) {
    var times = new TimeBins();
    var start = time(head.texts.getOrDefault("start", ""));
    long step = Math.clamp(head.sum("minutesPerBin"), 1, 1 << 20) * 60L;
    if (start.isPresent() && plausible(start.get())) {
      for (Bin bin : bins) {
        var begin = start.get().plusSeconds(bin.at * step);
        times.add(scale, begin, begin.plusSeconds(step).minusMillis(1), bin.count);
      }
    }
    return times;
  }

  private static boolean plausible(Instant start) {
    return start.isAfter(Instant.EPOCH) && start.getEpochSecond() < 1L << 40;
  }

  private static Optional<Bin> bin(JsonParser json) throws IOException {
    var numbers = new ArrayList<Long>(2);
    eachElement(
        json,
        () -> {
          long number = number(text(json));
          if (numbers.size() < 3) {
            numbers.add(number);
          }
        });
    return numbers.size() == 2 && numbers.get(0) < 1 << 30
        ? Optional.of(new Bin(numbers.get(0), Math.min(numbers.get(1), 1L << 40)))
        : Optional.empty();
  }
}

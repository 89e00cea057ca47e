package dev.diagbundle.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads `findings.json` in one pass, of which it keeps what the page has room for: a finding may
/// name every pod of a cluster. What has no known name, or another type than it should, is passed
/// over.
final class FindingsParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "diagbundle.dev/findings/v1";
  private static final int MAX_FINDINGS = 2_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_SAMPLES = 10;
  private static final int MAX_KINDS = 5;
  private static final int MAX_EVIDENCE = 3;
  private static final int MAX_LINES = 5;
  private static final int MAX_LENGTH = 400;

  private final Affected affected = new Affected();
  private final List<CheckResult> results = new ArrayList<>();
  private int findings;

  /// What came of one check.
  ///
  /// @param ran whether it came to an answer
  /// @param ignored whether it was not to be run
  record CheckResult(
      String id, String cluster, boolean ran, boolean clear, boolean ignored, String missing) {}

  private interface Reading {
    void read() throws IOException;
  }

  private interface FieldReading {
    void read(String name) throws IOException;
  }

  /// @throws IOException if it is not whole, or no such file
  Findings parse(InputStream in) throws IOException {
    var roots = new ArrayList<Finding>();
    var bundle = new ArrayList<Finding>();
    var collection = new ArrayList<Finding>();
    var format = new StringBuilder();
    try (var json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no findings");
      }
      eachField(
          json,
          name -> {
            switch (name) {
              case "format" -> format.append(text(json));
              case "bundleFindings" -> findings(json, bundle, 0, -1);
              case "rootFindings" -> findings(json, roots, 0, 0);
              case "collectionFindings" -> findings(json, collection, 0, -1);
              case "results" -> eachElement(json, () -> results.add(result(json)));
              default -> json.skipChildren();
            }
          });
    }
    if (!format.toString().equals(FORMAT)) {
      throw new IOException("not the format " + FORMAT);
    }
    return new Findings(true, roots, bundle, collection, results, affected);
  }

  /// @param root number of the root that they belong to, from 1; 0 if each is a root; -1 if none is
  private void findings(JsonParser json, List<Finding> into, int depth, int root)
      throws IOException {
    eachElement(
        json,
        () -> {
          boolean kept = findings < MAX_FINDINGS && depth < MAX_DEPTH;
          if (json.currentToken() != JsonToken.START_OBJECT || !kept) {
            json.skipChildren();
            return;
          }
          findings++;
          into.add(finding(json, depth, root == 0 ? into.size() + 1 : root));
        });
  }

  private Finding finding(JsonParser json, int depth, int root) throws IOException {
    var texts = new TreeMap<String, String>();
    var kinds = new TreeMap<String, Integer>();
    var samples = new ArrayList<String>();
    var nodes = new ArrayList<String>();
    var evidence = new ArrayList<Finding.Proof>();
    var explains = new ArrayList<Finding>();
    eachField(
        json,
        name -> {
          switch (name) {
            case "objects" ->
                eachElement(
                    json,
                    () -> object(json, texts.getOrDefault("cluster", ""), root, kinds, samples));
            case "nodes" -> eachElement(json, () -> nodes.add(text(json)));
            case "evidence" -> eachElement(json, () -> addProof(json, evidence));
            case "explains" -> findings(json, explains, depth + 1, root);
            default -> {
              if (json.currentToken().isScalarValue()) {
                texts.put(name, text(json));
              }
              json.skipChildren();
            }
          }
        });
    var cluster = texts.getOrDefault("cluster", "");
    var layer = texts.getOrDefault("layer", "");
    if (depth == 0 && (layer.equals("node") || layer.equals("network-plugin"))) {
      nodes.forEach(node -> affected.addNode(cluster, node, root));
    }
    return new Finding(
        texts.getOrDefault("id", ""),
        cluster,
        Severity.of(texts.getOrDefault("severity", "")),
        layer,
        texts.getOrDefault("recovered", "").equals("true"),
        texts.getOrDefault("title", ""),
        texts.getOrDefault("cause", ""),
        number(texts.getOrDefault("occurrences", "")),
        time(texts.getOrDefault("firstSeen", "")),
        time(texts.getOrDefault("lastSeen", "")),
        kinds,
        List.copyOf(samples),
        nodes.subList(0, Math.min(MAX_SAMPLES, nodes.size())),
        List.copyOf(evidence),
        texts.getOrDefault("meaning", ""),
        texts.getOrDefault("remedy", ""),
        texts.getOrDefault("docs", ""),
        List.copyOf(explains));
  }

  private void object(
      JsonParser json, String cluster, int root, Map<String, Integer> kinds, List<String> samples)
      throws IOException {
    var fields = fields(json);
    var kind = fields.getOrDefault("kind", "");
    var namespace = fields.getOrDefault("namespace", "");
    var name = fields.getOrDefault("name", "");
    if (kinds.containsKey(kind) || kinds.size() < MAX_KINDS) {
      kinds.merge(kind, 1, Integer::sum);
    }
    if (samples.size() < MAX_SAMPLES) {
      samples.add(namespace.isEmpty() ? name : namespace + "/" + name);
    }
    if (kind.equals("Pod")) {
      affected.addPod(cluster, namespace, name, root);
    } else if (kind.equals("Node")) {
      affected.addNode(cluster, name, root);
    }
  }

  private static void addProof(JsonParser json, List<Finding.Proof> evidence) throws IOException {
    var texts = new TreeMap<String, String>();
    var lines = new ArrayList<String>();
    eachField(
        json,
        name -> {
          if (name.equals("lines")) {
            eachElement(
                json,
                () -> {
                  if (lines.size() < MAX_LINES) {
                    lines.add(text(json));
                  }
                });
          } else {
            texts.put(name, text(json));
            json.skipChildren();
          }
        });
    if (evidence.size() < MAX_EVIDENCE) {
      evidence.add(
          new Finding.Proof(
              texts.getOrDefault("path", ""),
              number(texts.getOrDefault("from", "")),
              number(texts.getOrDefault("to", "")),
              List.copyOf(lines)));
    }
  }

  private static CheckResult result(JsonParser json) throws IOException {
    var texts = new TreeMap<String, String>();
    var missing = new ArrayList<String>();
    eachField(
        json,
        name -> {
          if (name.equals("missing")) {
            eachElement(json, () -> missing.add(text(json)));
          } else {
            texts.put(name, text(json));
            json.skipChildren();
          }
        });
    var result = texts.getOrDefault("result", "unknown");
    return new CheckResult(
        texts.getOrDefault("id", ""),
        texts.getOrDefault("cluster", ""),
        result.equals("fired") || result.equals("clear"),
        result.equals("clear"),
        result.equals("ignored"),
        Wording.list(missing, MAX_SAMPLES));
  }

  private static Map<String, String> fields(JsonParser json) throws IOException {
    var texts = new TreeMap<String, String>();
    eachField(
        json,
        name -> {
          texts.put(name, text(json));
          json.skipChildren();
        });
    return texts;
  }

  private static void eachField(JsonParser json, FieldReading reading) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      var name = json.currentName();
      json.nextToken();
      reading.read(name);
    }
    requireEnd(json, JsonToken.END_OBJECT);
  }

  private static void eachElement(JsonParser json, Reading reading) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == null) {
        throw new IOException("it ends too early");
      }
      reading.read();
    }
  }

  private static void requireEnd(JsonParser json, JsonToken end) throws IOException {
    if (json.currentToken() != end) {
      throw new IOException("it ends too early");
    }
  }

  /// The scalar at hand, cut to what the page shows of a line; empty for anything else.
  private static String text(JsonParser json) throws IOException {
    if (!json.currentToken().isScalarValue() || json.currentToken() == JsonToken.VALUE_NULL) {
      json.skipChildren();
      return "";
    }
    return Wording.cut(json.getText(), MAX_LENGTH);
  }

  private static long number(String digits) {
    try {
      return Math.max(0, Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Optional<Instant> time(String text) {
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}

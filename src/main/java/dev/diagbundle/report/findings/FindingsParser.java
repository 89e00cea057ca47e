package dev.diagbundle.report.findings;

import static dev.diagbundle.report.input.JsonWalk.eachElement;
import static dev.diagbundle.report.input.JsonWalk.eachField;
import static dev.diagbundle.report.input.JsonWalk.fields;
import static dev.diagbundle.report.input.JsonWalk.number;
import static dev.diagbundle.report.input.JsonWalk.text;
import static dev.diagbundle.report.input.JsonWalk.time;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.report.html.TextFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads `findings.json` in one pass, of which it keeps what the page has room for: a finding may
/// name every pod of a cluster. What has no known name, or another type than it should, is passed
/// over.
public final class FindingsParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "diagbundle.dev/findings/v1";
  private static final int MAX_FINDINGS = 2_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_SAMPLES = 10;
  private static final int MAX_KINDS = 5;
  private static final int MAX_EVIDENCE = 3;
  private static final int MAX_LINES = 5;

  private final AffectedObjects affected = new AffectedObjects();
  private final List<CheckResult> results = new ArrayList<>();
  private int findings;

  /// What came of one check.
  ///
  /// @param ran whether it came to an answer
  /// @param ignored whether it was not to be run
  public record CheckResult(
      String id, String cluster, boolean ran, boolean clear, boolean ignored, String missing) {}

  /// @throws IOException if it is not whole, or no such file
  ParsedFindings parse(InputStream in) throws IOException {
    var roots = new ArrayList<ParsedFinding>();
    var bundle = new ArrayList<ParsedFinding>();
    var collection = new ArrayList<ParsedFinding>();
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
    return new ParsedFindings(true, roots, bundle, collection, results, affected);
  }

  /// @param root number of the root that they belong to, from 1; 0 if each is a root; -1 if none is
  private void findings(JsonParser json, List<ParsedFinding> into, int depth, int root)
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

  private ParsedFinding finding(JsonParser json, int depth, int root) throws IOException {
    var texts = new TreeMap<String, String>();
    var kinds = new TreeMap<String, Integer>();
    var samples = new ArrayList<String>();
    var nodes = new ArrayList<String>();
    var evidence = new ArrayList<ParsedFinding.Proof>();
    var explains = new ArrayList<ParsedFinding>();
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
    return new ParsedFinding(
        texts.getOrDefault("id", ""),
        cluster,
        SeverityBadge.of(texts.getOrDefault("severity", "")),
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
    } else if (!namespace.isEmpty()) {
      affected.addOwner(cluster, namespace, kind + " " + name, root);
    }
  }

  private static void addProof(JsonParser json, List<ParsedFinding.Proof> evidence)
      throws IOException {
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
          new ParsedFinding.Proof(
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
        TextFormat.list(missing, MAX_SAMPLES));
  }
}

package dev.diagbundle.findings.read;

import module java.base;

import dev.diagbundle.findings.Affected;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Check;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.findings.Verdict;
import dev.diagbundle.findings.output.FindingsJson;

/// A reader of `findings.json`. It keeps only the first findings, evidence and names, so that its
/// memory is bounded: a finding may name every pod of a cluster. All objects are counted
/// nevertheless; their owners are omitted.
public final class FindingsReader {
  private static final int MAX_FINDINGS = 2_000;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_NAMES = 100_000;
  private static final int MAX_KINDS = 5;
  private static final int MAX_EVIDENCE = 3;
  private static final int MAX_MISSING = 1_000;

  private int findings;
  private int names;
  private ObjectName last = ObjectName.NONE;

  private FindingsReader() {}

  /// Reads the whole analysis except the patterns of logs, which the file does not contain. May
  /// leave the stream open.
  ///
  /// @throws IOException if it is not complete, or has another format
  public static Analysis read(InputStream in) throws IOException {
    return new FindingsReader().analysis(in);
  }

  private Analysis analysis(InputStream in) throws IOException {
    var roots = new ArrayList<Finding>();
    var bundle = new ArrayList<Finding>();
    var collection = new ArrayList<Finding>();
    var results = new ArrayList<Analysis.Result>();
    JsonWalk.document(
        in,
        FindingsJson.FORMAT,
        (json, name) -> {
          switch (name) {
            case "bundleFindings" -> addFindings(json, bundle, 0);
            case "rootFindings" -> addFindings(json, roots, 0);
            case "collectionFindings" -> addFindings(json, collection, 0);
            case "results" -> json.elements(() -> results.add(result(json)));
            default -> json.skip();
          }
        });
    return new Analysis(roots, bundle, collection, results, List.of());
  }

  private void addFindings(JsonWalk json, List<Finding> into, int depth) throws IOException {
    json.elements(() -> {
      if (json.atObject() && findings < MAX_FINDINGS && depth < MAX_DEPTH) {
        findings++;
        into.add(finding(json, depth));
      } else {
        json.skip();
      }
    });
  }

  private Finding finding(JsonWalk json, int depth) throws IOException {
    var kinds = new TreeMap<String, Integer>();
    var objects = new ArrayList<ObjectName>();
    var nodes = new ArrayList<String>();
    var evidence = new ArrayList<Evidence>();
    var symptoms = new ArrayList<Finding>();
    var fields =
        json.fields((_, name) -> {
          switch (name) {
            case "objects" -> json.elements(() -> addObject(json, kinds, objects));
            case "nodes" -> json.elements(() -> keep(json.text(), nodes));
            case "evidence" -> json.elements(() -> addEvidence(json, evidence));
            case "symptoms" -> addFindings(json, symptoms, depth + 1);
            default -> json.skip();
          }
        });
    return new Finding(
        new Check(
            fields.text("id"),
            Layer.of(fields.text("layer")),
            fields.text("remedy"),
            fields.text("docs"),
            List.of(),
            fields.text("meaning")),
        fields.text("cluster"),
        Severity.of(fields.text("severity")),
        fields.flag("recovered"),
        fields.text("title"),
        fields.text("cause"),
        fields.number("occurrences"),
        fields.time("firstSeen"),
        fields.time("lastSeen"),
        new Affected(kinds, objects),
        List.of(),
        nodes,
        evidence,
        symptoms);
  }

  private void addObject(JsonWalk json, Map<String, Integer> kinds, List<ObjectName> objects)
      throws IOException {
    var fields = json.fields();
    var kind = fields.text("kind");
    var namespace = fields.text("namespace");
    // Most have the kind and the namespace of the one before.
    last =
        new ObjectName(
            kind.equals(last.kind()) ? last.kind() : kind,
            namespace.equals(last.namespace()) ? last.namespace() : namespace,
            fields.text("name"));
    if (kinds.containsKey(kind) || kinds.size() < MAX_KINDS) {
      kinds.merge(kind, 1, Integer::sum);
    }
    keep(last, objects);
  }

  private <T> void keep(T name, List<T> into) {
    if (names < MAX_NAMES) {
      names++;
      into.add(name);
    }
  }

  private static void addEvidence(JsonWalk json, List<Evidence> evidence) throws IOException {
    var lines = new ArrayList<String>();
    var fields =
        json.fields((_, name) -> {
          if (name.equals("lines")) {
            json.elements(() -> add(json.text(), lines, Evidence.MAX_LINES));
          }
        });
    add(
        new Evidence(fields.text("path"), fields.number("from"), fields.number("to"), lines),
        evidence,
        MAX_EVIDENCE);
  }

  private static Analysis.Result result(JsonWalk json) throws IOException {
    var missing = new ArrayList<String>();
    var fields =
        json.fields((_, name) -> {
          if (name.equals("missing")) {
            json.elements(() -> add(json.text(), missing, MAX_MISSING));
          }
        });
    var verdict =
        switch (fields.text("result")) {
          case "fired" -> new Verdict.Fired(missing);
          case "clear" -> new Verdict.Clear();
          case "ignored" -> new Verdict.Ignored();
          default -> new Verdict.Unknown(missing);
        };
    return new Analysis.Result(
        new Check(fields.text("id"), Layer.of(""), "", ""), fields.text("cluster"), verdict);
  }

  private static <T> void add(T value, List<T> into, int max) {
    if (into.size() < max) {
      into.add(value);
    }
  }
}

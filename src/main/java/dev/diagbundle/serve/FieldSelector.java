package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// A field selector: `path=value`, `path==value` or `path!=value`, joined by commas.
///
/// @param terms all of them must hold
record FieldSelector(List<Term> terms) {
  private static final Set<String> EVERYWHERE = Set.of("metadata.name", "metadata.namespace");
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "pods",
              Set.of(
                  "spec.nodeName",
                  "spec.restartPolicy",
                  "spec.schedulerName",
                  "spec.serviceAccountName",
                  "spec.hostNetwork",
                  "status.phase",
                  "status.podIP",
                  "status.nominatedNodeName"),
          "events",
              Set.of(
                  "involvedObject.kind",
                  "involvedObject.namespace",
                  "involvedObject.name",
                  "involvedObject.uid",
                  "involvedObject.apiVersion",
                  "involvedObject.resourceVersion",
                  "involvedObject.fieldPath",
                  "reason",
                  "reportingComponent",
                  "source",
                  "type"),
          "nodes", Set.of("spec.unschedulable"),
          "namespaces", Set.of("status.phase"),
          "secrets", Set.of("type"),
          "jobs", Set.of("status.successful"),
          "replicasets", Set.of("status.replicas"));

  /// One condition.
  record Term(String path, String value, boolean negated) {
    boolean test(JsonNode object) {
      var pointer = path.equals("source") ? "source.component" : path;
      var actual = object.at("/" + pointer.replace('.', '/')).asText("");
      return actual.equals(value) != negated;
    }
  }

  FieldSelector {
    terms = List.copyOf(terms);
  }

  /// @param labels the label selector of the same request, which the error text repeats
  /// @throws IllegalArgumentException with the API server's words
  static FieldSelector parse(ObjectKind kind, String text, String labels) {
    var terms = new ArrayList<Term>();
    for (String part : text.split(",", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals <= 0) {
        throw new IllegalArgumentException(
            "unable to parse field selector: invalid selector: '%s'; can't understand '%s'"
                .formatted(text, part));
      }
      boolean negated = part.charAt(equals - 1) == '!';
      int value = part.startsWith("==", equals) ? equals + 2 : equals + 1;
      var path = part.substring(0, negated ? equals - 1 : equals);
      if (!EVERYWHERE.contains(path)
          && !FIELDS.getOrDefault(kind.plural(), Set.of()).contains(path)) {
        throw new IllegalArgumentException(
            "Unable to find \"%s, Resource=%s\" that match label selector \"%s\", field selector \"%s\": field label not supported: %s"
                .formatted(kind.apiVersion(), kind.plural(), labels, text, path));
      }
      terms.add(new Term(path, part.substring(value), negated));
    }
    return new FieldSelector(terms);
  }

  boolean test(JsonNode object) {
    return terms.stream().allMatch(term -> term.test(object));
  }
}

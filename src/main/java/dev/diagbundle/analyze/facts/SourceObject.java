package dev.diagbundle.analyze.facts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.model.Fields;
import java.time.Instant;

/// An object of the cluster as it is read. The tree must not be kept.
///
/// @param path the path of its entry
/// @param from its first line
/// @param to its last line
/// @param at the time at which the server returned it
public record SourceObject(JsonNode tree, String path, long from, long to, Instant at) {
  public String namespace() {
    return Fields.text(tree, "metadata", "namespace");
  }

  public String name() {
    return Fields.text(tree, "metadata", "name");
  }

  public String uid() {
    return Fields.text(tree, "metadata", "uid");
  }

  /// The object as evidence, with the rule's own words.
  public Evidence evidence(String... words) {
    return new Evidence(path, from, to, java.util.List.of(words));
  }
}

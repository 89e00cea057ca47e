package dev.diagbundle.analyze;

import module java.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.JsonList;

/// A reader of the JSON of a bundle, one object at a time, each with its lines.
record JsonObjectReader(BundleContents contents) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// A visitor of lines that are JSON objects.
  interface LineVisitor {
    void accept(JsonNode object, long number);
  }

  /// Hands over the elements of `items`, or of a bare array.
  ///
  /// @throws IOException if the file is damaged; the elements before the damage were handed over
  void eachObject(Entry entry, Instant at, Consumer<SourceObject> consumer) throws IOException {
    var path = entry.path().value();
    try (var in = contents.open(entry)) {
      JsonList.each(
          in, (tree, from, to) -> consumer.accept(new SourceObject(tree, path, from, to, at)));
    }
  }

  /// The single object of a file.
  JsonNode tree(Entry entry) throws IOException {
    try (var in = contents.open(entry)) {
      return JSON.readTree(in);
    }
  }

  /// Hands over the objects of a file with one on each line; other lines are skipped.
  void eachLine(Entry entry, LineVisitor visitor) throws IOException {
    try (var reader =
        new BufferedReader(new InputStreamReader(contents.open(entry), StandardCharsets.UTF_8))) {
      long number = 0;
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        long at = number;
        object(line).ifPresent(object -> visitor.accept(object, at));
      }
    }
  }

  /// The object on a line; the last line of an interrupted run may be truncated.
  private static Optional<JsonNode> object(String line) throws IOException {
    try {
      return Optional.ofNullable(JSON.readTree(line)).filter(JsonNode::isObject);
    } catch (JsonProcessingException _) {
      return Optional.empty();
    }
  }
}

package dev.diagbundle.kubeconfig.file;

import module java.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// YAML or JSON as a tree, read as Go reads it: merge keys and aliases are followed, of several
/// equal keys the last counts, and of several documents the first. What hostile aliases expand to
/// is limited.
public final class YamlTree {
  /// The maximum size of a text.
  public static final int MAX_BYTES = 16 << 20;

  private static final int MAX_NODES = 500_000;
  private static final int MAX_DEPTH = 100;
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /// The nodes being converted, to find one that contains itself.
  private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());

  private int count;

  private YamlTree() {}

  /// The first document; a missing node if there is none.
  ///
  /// @throws MalformedYamlException if it is neither YAML nor JSON, or too large
  public static JsonNode first(byte[] content) throws MalformedYamlException {
    return read(content, false);
  }

  /// The only document; a missing node if there is none.
  ///
  /// @throws MalformedYamlException if it is neither YAML nor JSON, too large, or followed by
  ///   anything
  public static JsonNode only(byte[] content) throws MalformedYamlException {
    return read(content, true);
  }

  private static JsonNode read(byte[] content, boolean only) throws MalformedYamlException {
    if (content.length > MAX_BYTES) {
      throw new MalformedYamlException("larger than " + (MAX_BYTES >> 20) + " MiB");
    }
    var text = decoded(content);
    if (text.stripLeading().startsWith("{")) {
      // YAML allows no tabs for indentation, JSON does.
      try {
        return JSON.readTree(text);
      } catch (JsonProcessingException _) {
        // It may still be YAML in its flow style.
      }
    }
    var options = new LoaderOptions();
    options.setCodePointLimit(MAX_BYTES);
    options.setMaxAliasesForCollections(Integer.MAX_VALUE);
    options.setNestingDepthLimit(MAX_DEPTH);
    try {
      var composer =
          new Composer(new ParserImpl(new StreamReader(text), options), new GoScalars(), options);
      if (!composer.checkNode()) {
        return MissingNode.getInstance();
      }
      var root = new YamlTree().convert(composer.getNode(), 1);
      if (only && composer.checkNode()) {
        throw new MalformedYamlException("more than one document");
      }
      return root;
    } catch (MarkedYAMLException e) {
      var mark = e.getProblemMark();
      throw new MalformedYamlException(
          "not valid YAML"
              + (mark == null
                  ? ""
                  : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1)));
    } catch (YAMLException _) {
      throw new MalformedYamlException("not valid YAML");
    }
  }

  private static String decoded(byte[] content) throws MalformedYamlException {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException _) {
      throw new MalformedYamlException("not UTF-8 text");
    }
  }

  private JsonNode convert(Node node, int depth) throws MalformedYamlException {
    if (++count > MAX_NODES || depth > MAX_DEPTH) {
      throw new MalformedYamlException("too many or too deeply nested values");
    }
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (!open.add(node)) {
      throw fault("value that contains itself", node);
    }
    try {
      if (node instanceof SequenceNode sequence) {
        var list = NODES.arrayNode();
        for (Node element : sequence.getValue()) {
          list.add(convert(element, depth + 1));
        }
        return list;
      }
      return mapping((MappingNode) node, depth);
    } finally {
      open.remove(node);
    }
  }

  private ObjectNode mapping(MappingNode node, int depth) throws MalformedYamlException {
    var map = NODES.objectNode();
    for (var tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw fault("key that is a list or a map", tuple.getKeyNode());
      }
      if (key.getTag().equals(Tag.MERGE)) {
        // As in Go, a merge replaces the keys before it, and those after it replace the merged.
        merge(tuple.getValueNode(), map, depth + 1);
      } else {
        map.set(key.getValue(), convert(tuple.getValueNode(), depth + 1));
      }
    }
    return map;
  }

  private void merge(Node value, ObjectNode into, int depth) throws MalformedYamlException {
    var merged = convert(value, depth);
    if (merged instanceof ObjectNode map) {
      into.setAll(map);
      return;
    }
    if (!(merged instanceof ArrayNode list)) {
      throw fault("merge of something that is no map", value);
    }
    for (int i = list.size() - 1; i >= 0; i--) {
      if (!(list.get(i) instanceof ObjectNode map)) {
        throw fault("merge of something that is no map", value);
      }
      into.setAll(map);
    }
  }

  private static JsonNode scalar(ScalarNode node) throws MalformedYamlException {
    var tag = node.getTag();
    var value = node.getValue();
    if (tag.equals(Tag.NULL)) {
      return NODES.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return NODES.booleanNode(GoScalars.isTrue(value));
    }
    if (tag.equals(Tag.INT)) {
      return NODES.numberNode(
          GoScalars.integer(value).orElseThrow(() -> fault("invalid number", node)));
    }
    if (tag.equals(Tag.FLOAT)) {
      return number(node);
    }
    if (tag.equals(Tag.BINARY)) {
      try {
        var bytes = Base64.getMimeDecoder().decode(value);
        return NODES.textNode(new String(bytes, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException _) {
        throw fault("invalid base64", node);
      }
    }
    return NODES.textNode(value);
  }

  private static JsonNode number(ScalarNode node) throws MalformedYamlException {
    var text = node.getValue().replace("_", "").toLowerCase(Locale.ROOT);
    if (text.endsWith("inf") || text.endsWith("nan")) {
      throw fault("infinite number", node);
    }
    try {
      double number = Double.parseDouble(text);
      boolean whole = number == Math.rint(number) && Math.abs(number) < 1e15;
      return whole ? NODES.numberNode((long) number) : NODES.numberNode(number);
    } catch (NumberFormatException _) {
      throw fault("invalid number", node);
    }
  }

  private static MalformedYamlException fault(String what, Node at) {
    var mark = at.getStartMark();
    return new MalformedYamlException(
        what + " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1));
  }
}

package dev.diagbundle.profile.yaml;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.Printable;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// JSON as block-style YAML.
public final class YamlText {
  private static final int LONGEST_SIMPLE_KEY = 1_024;

  /// The pattern of plain texts that readers of some YAML version take for a number, a date or a
  /// boolean.
  private static final Pattern AMBIGUOUS =
      Pattern.compile("[-+]?0[xX].*|[-+.]?[0-9][0-9_.:eEoObTtZz +-]*|[ynYN=]|<<");

  private final Resolver resolver = new Resolver();

  private YamlText() {}

  /// The text, in the order of the tree and with a line break at its end. A text that any reader,
  /// of YAML 1.1 or 1.2, could take for something else, or that holds control characters, is
  /// quoted.
  public static String of(JsonNode json) {
    var options = new DumperOptions();
    options.setSplitLines(false);
    options.setMaxSimpleKeyLength(LONGEST_SIMPLE_KEY);
    var text = new StringWriter();
    new Yaml(options).serialize(new YamlText().node(json), text);
    return text.toString();
  }

  private Node node(JsonNode json) {
    if (json.isObject()) {
      var tuples = new ArrayList<NodeTuple>();
      for (var property : json.properties()) {
        tuples.add(new NodeTuple(text(property.getKey()), node(property.getValue())));
      }
      return new MappingNode(Tag.MAP, tuples, style(tuples.isEmpty()));
    }
    if (json.isArray()) {
      var elements = new ArrayList<Node>();
      json.forEach(element -> elements.add(node(element)));
      return new SequenceNode(Tag.SEQ, elements, style(elements.isEmpty()));
    }
    return json.isTextual() ? text(json.textValue()) : plain(json.asText());
  }

  private static FlowStyle style(boolean empty) {
    return empty ? FlowStyle.FLOW : FlowStyle.BLOCK;
  }

  /// A number, a truth value or null, under the tag that it reads back with, so that none is shown.
  private Node plain(String value) {
    var tag = resolver.resolve(NodeId.scalar, value, true);
    return new ScalarNode(tag, value, null, null, ScalarStyle.PLAIN);
  }

  private Node text(String text) {
    return new ScalarNode(Tag.STR, text, null, null, style(text));
  }

  /// The style wished for; the emitter quotes by itself what cannot be written so.
  private ScalarStyle style(String text) {
    if (text.codePoints().anyMatch(point -> point != '\n' && isOdd(point))) {
      return ScalarStyle.DOUBLE_QUOTED;
    }
    if (text.indexOf('\n') >= 0) {
      return ScalarStyle.LITERAL;
    }
    boolean ambiguous =
        AMBIGUOUS.matcher(text).matches()
            || !new YamlNode.Scalar(Position.START, text, true).isText()
            || !resolver.resolve(NodeId.scalar, text, true).equals(Tag.STR);
    return ambiguous ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.PLAIN;
  }

  private static boolean isOdd(int point) {
    return Printable.isHidden(point)
        || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }
}

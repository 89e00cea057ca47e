package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.yaml.YamlNode;
import java.util.regex.Pattern;

/// The values of a mapping that has been validated, as Java types.
final class MappingValues {
  static final MappingValues NONE = new MappingValues(Map.of());

  private final Map<String, YamlNode> values;

  private MappingValues(Map<String, YamlNode> values) {
    this.values = values;
  }

  /// @param node a valid mapping, or nothing
  static MappingValues of(YamlNode node) {
    var values = new HashMap<String, YamlNode>();
    if (node instanceof YamlNode.Mapping mapping) {
      mapping.entries().forEach(entry -> values.put(entry.key(), entry.value()));
    }
    return new MappingValues(values);
  }

  Optional<YamlNode> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  Optional<String> text(String key) {
    return value(key).map(MappingValues::text);
  }

  /// The elements of a list, or the single value in place of a list.
  List<YamlNode> elements(String key) {
    return value(key)
        .map(node -> node instanceof YamlNode.Sequence list ? list.elements() : List.of(node))
        .orElse(List.of());
  }

  List<String> texts(String key) {
    return elements(key).stream().map(MappingValues::text).toList();
  }

  List<Glob> globs(String key) {
    return texts(key).stream().map(Glob::new).toList();
  }

  Optional<Pattern> regex(String key) {
    return text(key).map(Pattern::compile);
  }

  Optional<Duration> duration(String key) {
    return text(key).flatMap(DurationText::parse);
  }

  OptionalLong size(String key) {
    return text(key).flatMap(ByteSize::parse).map(OptionalLong::of).orElse(OptionalLong.empty());
  }

  OptionalInt number(String key) {
    return text(key)
        .map(text -> OptionalInt.of(Integer.parseInt(text)))
        .orElse(OptionalInt.empty());
  }

  OptionalDouble decimal(String key) {
    return text(key)
        .map(text -> OptionalDouble.of(Double.parseDouble(text)))
        .orElse(OptionalDouble.empty());
  }

  boolean flag(String key) {
    return flag(key, false);
  }

  boolean flag(String key, boolean fallback) {
    return text(key).map(Boolean::parseBoolean).orElse(fallback);
  }

  /// The keys below a key.
  Optional<MappingValues> below(String key) {
    return value(key).map(MappingValues::of);
  }

  private static String text(YamlNode node) {
    if (node instanceof YamlNode.Scalar scalar) {
      return scalar.text();
    }
    throw new IllegalArgumentException("not validated: " + node.position());
  }
}

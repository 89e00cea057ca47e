package dev.diagbundle.profile.yaml;

import java.util.List;
import java.util.regex.Pattern;

/// A YAML value with its position. Aliases share the node of their anchor, so a tree may represent
/// many more values than it has objects; [#size] counts them as if each alias were expanded.
public sealed interface YamlNode {
  Position position();

  int size();

  /// The node as messages name it, for example `'six hours'` or `a list`.
  String shown();

  /// A single value.
  ///
  /// @param plain written without quotes, so that it may be a number, a truth value or nothing
  record Scalar(Position position, String text, boolean plain) implements YamlNode {
    // YAML 1.2's core schema, because editors read profiles by it: `yes` and `on` are texts.
    private static final Pattern NOTHING = Pattern.compile("~|null|Null|NULL|");
    private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern NUMBER =
        Pattern.compile(
            "[-+]?(?:[0-9]+|(?:\\.[0-9]+|[0-9]+\\.?[0-9]*)(?:[eE][-+]?[0-9]+)?|\\.(?:inf|Inf|INF))"
                + "|0o[0-7]+|0x[0-9a-fA-F]+|\\.(?:nan|NaN|NAN)");

    public boolean isNothing() {
      return plain && NOTHING.matcher(text).matches();
    }

    public boolean isFlag() {
      return plain && FLAG.matcher(text).matches();
    }

    public boolean isNumber() {
      return plain && NUMBER.matcher(text).matches();
    }

    public boolean isText() {
      return !isNothing() && !isFlag() && !isNumber();
    }

    @Override
    public int size() {
      return 1;
    }

    @Override
    public String shown() {
      if (isNothing()) {
        return "no value";
      }
      return isText() ? Quoted.text(text) : text;
    }
  }

  /// A list.
  record Sequence(Position position, List<YamlNode> elements, int size) implements YamlNode {
    @Override
    public String shown() {
      return "a list";
    }
  }

  /// Keys with their values, in the order of the file, each key once.
  record Mapping(Position position, List<Entry> entries, int size) implements YamlNode {
    @Override
    public String shown() {
      return "a map";
    }
  }

  /// One key of a mapping.
  ///
  /// @param position of the key
  record Entry(Position position, String key, YamlNode value) {}
}

package dev.diagbundle.profile.yaml;

import module java.base;

import dev.diagbundle.model.Printable;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.reader.StreamReader;

/// Reader of one YAML document into a tree with positions. It works on the parser's events, one by
/// one, so that nesting and aliases are rejected before they use resources.
public final class YamlReader {
  /// The maximum file size; larger files are rejected before they are read.
  public static final int MAX_BYTES = 1 << 20;

  private static final int MAX_DEPTH = 24;
  private static final int MAX_SIZE = 20_000;
  private static final int MAX_MESSAGE = 160;

  /// The document cannot be read on from here.
  private static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Position position;
    private final transient Violation fault;

    Unreadable(Position position, Violation fault) {
      super(fault.message());
      this.position = position;
      this.fault = fault;
    }

    Unreadable(Position position, String message) {
      this(position, new Violation(message, Optional.empty()));
    }
  }

  private final ProblemList problems;
  private final Map<String, YamlNode> anchors = new HashMap<>();
  private final Iterator<Event> events;

  private YamlReader(String text, ProblemList problems) {
    this.problems = problems;
    this.events = new Yaml(new LoaderOptions()).parse(new StringReader(text)).iterator();
  }

  /// The document, or nothing and a problem. A duplicate key is a problem too, but the rest is
  /// still read.
  public static Optional<YamlNode> read(byte[] content, ProblemList problems) {
    try {
      return Optional.of(new YamlReader(decoded(content), problems).document());
    } catch (Unreadable e) {
      problems.add(e.position, e.fault);
    } catch (MarkedYAMLException e) {
      problems.add(position(Optional.ofNullable(e.getProblemMark())), syntax(e.getProblem()));
    } catch (YAMLException e) {
      problems.add(Position.START, syntax(e.getMessage()));
    }
    return Optional.empty();
  }

  private static String decoded(byte[] content) throws Unreadable {
    if (content.length > MAX_BYTES) {
      throw new Unreadable(Position.START, "profile is larger than 1 MiB");
    }
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var chars = CharBuffer.allocate(content.length + 1);
    var result = decoder.decode(ByteBuffer.wrap(content), chars, true);
    var text = chars.flip().toString();
    if (result.isError()) {
      throw new Unreadable(end(text), "profile is not UTF-8 text");
    }
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int point = text.codePointAt(i);
      if (!StreamReader.isPrintable(point)) {
        var shown = String.format(Locale.ROOT, "U+%04X", point);
        throw new Unreadable(
            end(text.substring(0, i)), "character " + shown + " is not allowed in YAML");
      }
    }
    return text;
  }

  private static Position end(String text) {
    int line = (int) text.chars().filter(c -> c == '\n').count() + 1;
    int start = text.lastIndexOf('\n') + 1;
    return new Position(line, text.codePointCount(start, text.length()) + 1);
  }

  private YamlNode document() throws Unreadable {
    events.next();
    if (events.next().is(Event.ID.StreamEnd)) {
      throw new Unreadable(Position.START, "profile is empty");
    }
    var root = node(events.next(), 1);
    events.next();
    var next = events.next();
    if (!next.is(Event.ID.StreamEnd)) {
      throw new Unreadable(
          position(next),
          new Violation(
              "profile has a second YAML document", Optional.of("use one file per profile")));
    }
    if (root instanceof YamlNode.Scalar scalar && scalar.isNothing()) {
      throw new Unreadable(Position.START, "profile is empty");
    }
    return root;
  }

  private YamlNode node(Event event, int depth) throws Unreadable {
    if (event instanceof AliasEvent alias) {
      return aliased(alias);
    }
    if (event instanceof ScalarEvent scalar) {
      refuseTag(scalar.getTag(), event);
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN && scalar.getTag() == null;
      return anchored(scalar, new YamlNode.Scalar(position(event), scalar.getValue(), plain));
    }
    if (depth > MAX_DEPTH) {
      throw new Unreadable(position(event), "profile nests deeper than " + MAX_DEPTH + " levels");
    }
    var start = (CollectionStartEvent) event;
    refuseTag(start.getTag(), event);
    return anchored(
        start, start instanceof MappingStartEvent ? mapping(start, depth) : list(start, depth));
  }

  private YamlNode aliased(AliasEvent alias) throws Unreadable {
    // An anchor counts only once its node is complete, so an alias cannot contain itself.
    var target = anchors.get(alias.getAnchor());
    if (target == null) {
      throw new Unreadable(
          position(alias), "unknown YAML anchor " + Quoted.text(alias.getAnchor()));
    }
    return target;
  }

  private YamlNode anchored(NodeEvent event, YamlNode node) {
    if (event.getAnchor() != null) {
      anchors.put(event.getAnchor(), node);
    }
    return node;
  }

  private YamlNode list(Event start, int depth) throws Unreadable {
    var elements = new ArrayList<YamlNode>();
    int size = 1;
    for (var event = events.next(); !event.is(Event.ID.SequenceEnd); event = events.next()) {
      var element = node(event, depth + 1);
      size = grown(size, element, event);
      elements.add(element);
    }
    return new YamlNode.Sequence(position(start), List.copyOf(elements), size);
  }

  private YamlNode mapping(Event start, int depth) throws Unreadable {
    var entries = new HashMap<String, YamlNode.Entry>();
    var order = new ArrayList<YamlNode.Entry>();
    int size = 1;
    for (var event = events.next(); !event.is(Event.ID.MappingEnd); event = events.next()) {
      if (!(node(event, depth + 1) instanceof YamlNode.Scalar key)) {
        throw new Unreadable(position(event), "expected a key, got a list or a map");
      }
      var valueEvent = events.next();
      var entry = new YamlNode.Entry(position(event), key.text(), node(valueEvent, depth + 1));
      size = grown(size, entry.value(), valueEvent);
      var first = entries.putIfAbsent(key.text(), entry);
      if (first == null) {
        order.add(entry);
        continue;
      }
      problems.add(
          entry.position(),
          "duplicate key "
              + Quoted.text(key.text())
              + ", first at line "
              + first.position().line());
    }
    return new YamlNode.Mapping(position(start), List.copyOf(order), size);
  }

  private static int grown(int size, YamlNode by, Event at) throws Unreadable {
    if (size + by.size() > MAX_SIZE) {
      throw new Unreadable(position(at), "profile holds more than " + MAX_SIZE + " values");
    }
    return size + by.size();
  }

  private static void refuseTag(@Nullable String tag, Event at) throws Unreadable {
    // "!" and the texts' own tag only say that a value is a text; others have no use in a profile.
    if (tag != null && !tag.equals("!") && !tag.equals("tag:yaml.org,2002:str")) {
      throw new Unreadable(position(at), "YAML tag " + Quoted.text(tag) + " is not supported");
    }
  }

  private static Violation syntax(@Nullable String problem) {
    var text = String.valueOf(problem);
    if (text.contains("\\t(TAB)")) {
      return new Violation(
          "tab character, expected spaces", Optional.of("indent with spaces, two per level"));
    }
    return new Violation("not valid YAML: " + Printable.line(text, MAX_MESSAGE), Optional.empty());
  }

  private static Position position(Event event) {
    return position(Optional.ofNullable(event.getStartMark()));
  }

  private static Position position(Optional<Mark> mark) {
    return mark.map(at -> new Position(at.getLine() + 1, at.getColumn() + 1))
        .orElse(Position.START);
  }
}

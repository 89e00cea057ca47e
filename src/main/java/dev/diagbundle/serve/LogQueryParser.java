package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.serve.http.QueryParameters;
import java.util.regex.Pattern;

/// The parser and validator of log query parameters, with the kubelet's error messages.
final class LogQueryParser {
  private static final int MAX_SERVICES = 4;
  private static final int MAX_NAME_BYTES = 256;
  private static final int MAX_TAIL_LINES = 100_000;
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.:@-]+");
  private static final Set<String> OUTPUTS =
      Set.of(
          "short", "short-precise", "short-iso", "short-iso-precise", "short-unix", "json", "cat");

  private final QueryParameters query;
  private final NodeData node;
  private final Instant now;
  private final boolean openshift;
  private final List<String> malformed = new ArrayList<>();
  private final List<String> invalid = new ArrayList<>();

  private LogQueryParser(QueryParameters query, NodeData node, Instant now) {
    this.query = query;
    this.node = node;
    this.now = now;
    this.openshift = node.query() == NodeData.QueryFlavor.OPENSHIFT;
  }

  /// The result of parsing.
  sealed interface Result {
    /// They mean nothing here: the request is one for files.
    record None() implements Result {}

    /// The answer is an error, as plain text.
    record Rejected(int status, String text) implements Result {}

    /// They are a query.
    record Accepted(LogQuery query) implements Result {}
  }

  static Result parse(QueryParameters query, NodeData node, Instant now) {
    return node.query() == NodeData.QueryFlavor.OFF
        ? new Result.None()
        : new LogQueryParser(query, node, now).parse();
  }

  private Result parse() {
    var names = names();
    var sinceTime = time("sinceTime");
    var untilTime = time("untilTime");
    var boot = number("boot");
    var tail = number(openshift && !query.has("tailLines") ? "tail" : "tailLines");
    if (!malformed.isEmpty()) {
      return new Result.Rejected(400, joined(malformed));
    }
    var files = names.stream().filter(LogQueryParser::isFile).toList();
    var services = names.stream().filter(name -> !isFile(name)).toList();
    var grep = query.text("pattern").or(() -> openshift ? query.text("grep") : Optional.empty());
    boolean relative =
        openshift && (query.text("since").isPresent() || query.text("until").isPresent());
    boolean options =
        sinceTime.isPresent()
            || untilTime.isPresent()
            || boot.isPresent()
            || tail.isPresent()
            || grep.isPresent()
            || relative;
    if (names.isEmpty() && !options && !openshift) {
      return new Result.None();
    }
    checkNames(services, files, options);
    checkOptions(sinceTime, untilTime, boot, tail, relative);
    var pattern = grep.flatMap(this::pattern);
    var since =
        openshift
            ? query.text("since").flatMap(text -> moment("since", text))
            : Optional.<Instant>empty();
    var until =
        openshift
            ? query.text("until").flatMap(text -> moment("until", text))
            : Optional.<Instant>empty();
    if (!invalid.isEmpty()) {
      return new Result.Rejected(406, joined(invalid));
    }
    return new Result.Accepted(
        new LogQuery(
            services,
            files.stream().findFirst(),
            sinceTime.map(this::onNode),
            untilTime.map(this::onNode),
            since,
            until,
            boot,
            tail,
            pattern,
            options));
  }

  private List<String> names() {
    var values = new ArrayList<>(query.all("query"));
    if (openshift) {
      values.addAll(query.all("unit"));
    }
    var names = values.stream().filter(name -> !name.isBlank()).toList();
    if (!values.isEmpty() && names.isEmpty()) {
      var field = openshift ? "unit" : "query";
      malformed.add(
          "%s: Invalid value: %s: %s cannot be empty".formatted(field, quoted(values), field));
    }
    return names;
  }

  private void checkNames(List<String> services, List<String> files, boolean options) {
    if (services.isEmpty() && files.isEmpty() && !openshift) {
      invalid.add("query: Required value: cannot be empty with options");
    }
    if (!files.isEmpty() && !services.isEmpty()) {
      invalid.add(
          "query: Invalid value: \"[%s], [%s]\": cannot specify a file and service"
              .formatted(String.join(" ", files), String.join(" ", services)));
      return;
    }
    if (files.size() > 1) {
      invalid.add(
          "query: Invalid value: %s: cannot specify more than one file".formatted(quoted(files)));
    } else if (!files.isEmpty() && options) {
      invalid.add(
          "query: Invalid value: %s: cannot specify file with options".formatted(quoted(files)));
    } else if (!files.isEmpty()) {
      checkFile(files.getFirst());
    }
    if (services.size() > MAX_SERVICES) {
      invalid.add("query: Too many: %d: must have at most 4 items".formatted(services.size()));
    }
    for (String service : services) {
      if (service.length() > MAX_NAME_BYTES) {
        invalid.add(
            "query: Invalid value: \"%s\": length must be less than 256".formatted(service));
      }
      if (!NAME.matcher(service).matches()) {
        invalid.add(
            "query: Invalid value: \"%s\": input contains unsupported characters"
                .formatted(service));
      }
    }
  }

  private void checkFile(String file) {
    boolean escapes =
        file.startsWith("/") || file.startsWith("\\") || List.of(file.split("/")).contains("..");
    var path = file.startsWith("./") ? file.substring(2) : file;
    boolean exists =
        node.files().containsKey(path) || node.directories().contains(path.replaceAll("/*$", "/"));
    if (escapes || !exists) {
      invalid.add(
          "query: Invalid value: %s: statat %s: %s"
              .formatted(
                  quoted(List.of(file)),
                  file,
                  escapes ? "path escapes from parent" : "no such file or directory"));
    }
  }

  private void checkOptions(
      Optional<GoTime> since,
      Optional<GoTime> until,
      Optional<Integer> boot,
      Optional<Integer> tail,
      boolean relative) {
    if (since.isPresent()
        && until.isPresent()
        && since.get().instant().isAfter(until.get().instant())) {
      invalid.add(
          "untilTime: Invalid value: \"%s\": must be after `sinceTime`"
              .formatted(until.get().text()));
    }
    if (relative && since.isPresent()) {
      invalid.add("sinceTime: Forbidden: `since or until` and `sinceTime` cannot be specified");
    }
    boot.ifPresent(value -> {
      if (node.windows()) {
        invalid.add("boot: Invalid value: %d: not supported on Windows".formatted(value));
      } else if (value > 0) {
        invalid.add("boot: Invalid value: %d: must be less than 1".formatted(value));
      }
    });
    tail.ifPresent(value -> {
      if (value < 0 || value > MAX_TAIL_LINES) {
        invalid.add(
            "tailLines: Invalid value: %d: must be between 0 and 100000, inclusive"
                .formatted(value));
      }
    });
    query.text("output").filter(_ -> openshift).ifPresent(this::checkOutput);
  }

  private void checkOutput(String output) {
    if (!OUTPUTS.contains(output)) {
      invalid.add("output: Unsupported value: \"%s\"".formatted(output));
    }
  }

  private Optional<Pattern> pattern(String text) {
    var problem = GoPattern.problem(text);
    if (problem.isPresent()) {
      invalid.add(
          "pattern: Invalid value: \"%s\": error parsing regexp: %s"
              .formatted(text, problem.get()));
      return Optional.empty();
    }
    boolean sensitive =
        openshift
            ? query.isTrue("case-sensitive")
            : !node.windows() && !text.equals(text.toLowerCase(Locale.ROOT));
    try {
      return Optional.of(Pattern.compile(text, sensitive ? 0 : Pattern.CASE_INSENSITIVE));
    } catch (PatternSyntaxException _) {
      return Optional.of(Pattern.compile(Pattern.quote(text)));
    }
  }

  private Optional<GoTime> time(String field) {
    var text = query.text(field);
    var time = text.flatMap(GoTime::parse);
    if (text.isPresent() && time.isEmpty()) {
      malformed.add("%s: Invalid value: \"%s\": invalid time format".formatted(field, text.get()));
    }
    return time;
  }

  /// The wall clock as the client wrote it, taken for one of the node's zone: the offset is lost.
  private Instant onNode(GoTime time) {
    return time.wallClock().atZone(node.zone()).toInstant();
  }

  private Optional<Instant> moment(String field, String text) {
    var moment = GoTime.relativeOrLocal(text, now, node.zone());
    if (moment.isEmpty()) {
      invalid.add(
          "%s: Invalid value: \"%s\": date must be a relative time of the form '(+|-)[0-9]+(s|m|h|d)' or a date in 'YYYY-MM-DD HH:MM:SS' form"
              .formatted(field, text));
    }
    return moment;
  }

  private Optional<Integer> number(String field) {
    var text = query.text(field);
    try {
      return text.map(Integer::valueOf);
    } catch (NumberFormatException _) {
      var value = text.orElse("");
      malformed.add(
          "%s: Invalid value: \"%s\": strconv.Atoi: parsing \"%s\": invalid syntax"
              .formatted(field, value, value));
      return Optional.empty();
    }
  }

  private static boolean isFile(String name) {
    return name.contains("/") || name.contains("\\");
  }

  private static String quoted(List<String> values) {
    return values.stream()
        .map(value -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static String joined(List<String> problems) {
    return problems.size() == 1 ? problems.getFirst() : "[" + String.join(", ", problems) + "]";
  }
}

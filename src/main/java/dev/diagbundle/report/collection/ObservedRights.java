package dev.diagbundle.report.collection;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.model.Fields;
import dev.diagbundle.report.html.TextFormat;

/// The permissions of the collector, as far as its requests show them: a permission that was never
/// needed is unknown.
final class ObservedRights {
  private static final int MAX_RIGHTS = 500;
  private static final int MAX_PLACES = 100;
  private static final int MAX_NAMED = 3;
  private static final int MAX_ROWS = 30;
  private static final int MAX_GRANTED = 40;
  private static final String ELSEWHERE = "elsewhere";

  private record Right(String resource, String verb) implements Comparable<Right> {
    @Override
    public int compareTo(Right other) {
      int order = verb.compareTo(other.verb);
      return order != 0 ? order : resource.compareTo(other.resource);
    }
  }

  /// @param icon the icon of the outcome: allowed, partly, refused
  /// @param note the places where it was refused
  record Row(String resource, String verb, String icon, String allowed, String note) {}

  private static final class Answers {
    private boolean granted;
    private long refused;
    private final TreeSet<String> places = new TreeSet<>();
  }

  private final Map<Right, Answers> rights = new TreeMap<>();

  void add(JsonNode request) {
    long status = Fields.number(request, "status");
    boolean refused = status == 401 || status == 403;
    // Without a response, or with an error response, nothing is known of the permission.
    boolean granted = status >= 200 && status < 300;
    if (!Fields.text(request, "method").equals("GET") || !(refused || granted)) {
      return;
    }
    var asked = AccessRight.ofRequest("GET", path(Fields.text(request, "url")));
    var right = right(asked);
    if (!rights.containsKey(right) && rights.size() >= MAX_RIGHTS) {
      return;
    }
    var answers = rights.computeIfAbsent(right, _ -> new Answers());
    answers.granted |= granted;
    if (refused) {
      answers.refused++;
      if (answers.places.size() < MAX_PLACES) {
        answers.places.add(place(asked));
      }
    }
  }

  /// The refused permissions first, one row each; the granted ones are merged.
  List<Row> rows() {
    var rows = new ArrayList<Row>();
    var lists = new ArrayList<String>();
    var others = new ArrayList<Row>();
    rights.forEach((right, answers) -> {
      if (answers.refused > 0) {
        boolean partly = answers.granted;
        rows.add(
            new Row(
                right.resource,
                right.verb,
                partly ? "part" : "miss",
                partly ? "partly" : "no",
                partly ? "not " + where(answers) : ""));
      } else if (right.verb.equals("list")) {
        lists.add(right.resource);
      } else {
        others.add(new Row(right.resource, right.verb, "ok", "yes", ""));
      }
    });
    rows.addAll(others);
    if (!lists.isEmpty()) {
      rows.add(new Row(TextFormat.list(lists, MAX_GRANTED), "list", "ok", "yes", ""));
    }
    return List.copyOf(rows.subList(0, Math.min(MAX_ROWS, rows.size())));
  }

  private static String where(Answers answers) {
    if (answers.places.equals(new TreeSet<>(List.of(ELSEWHERE)))) {
      return TextFormat.count(answers.refused, "time");
    }
    return "for " + TextFormat.list(List.copyOf(answers.places), MAX_NAMED);
  }

  private static String path(String url) {
    int query = url.indexOf('?');
    var path = query < 0 ? url : url.substring(0, query);
    try {
      return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  /// The permission for all objects of a kind, or for all paths below the first segment of a path
  /// that is no object.
  private static Right right(AccessRight asked) {
    return switch (asked) {
      case AccessRight.OnObjects one ->
          new Right(
              new AccessRight.OnObjects(
                      one.verb(), one.group(), one.resource(), one.subresource(), "", "")
                  .object(),
              one.verb());
      case AccessRight.OnPath one ->
          new Right("/" + one.path().replaceFirst("^/+", "").split("/", 2)[0], one.verb());
    };
  }

  /// The namespace or the node that a request is about.
  private static String place(AccessRight asked) {
    if (!asked.namespace().isEmpty()) {
      return asked.namespace();
    }
    return asked instanceof AccessRight.OnObjects one
            && one.resource().equals("nodes")
            && !one.name().isEmpty()
        ? one.name()
        : ELSEWHERE;
  }
}

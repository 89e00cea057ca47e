package dev.diagbundle.describe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Random parts of API objects, the same ones for the same seed.
///
/// @param random seeded
/// @param now what ages count to
/// @param minor of the kubectl that the objects are made for; it knows no newer features
record Dice(Random random, Instant now, int minor) {
  private static final List<String> WORDS =
      List.of(
          "app", "web", "db", "cache", "x", "long-name-of-a-component", "tier.example.com/role");
  private static final List<String> TEXTS =
      List.of(
          "",
          "plain",
          "two words",
          "ümläut 日本語 😀",
          "tab\there",
          "line one\nline two\n",
          "\u001b[31mred\u001b[0m",
          "carriage\rreturn",
          "  blanks  ",
          "%s %d \\ \" '",
          "a long text that goes on and on ".repeat(6),
          "form\ffeed",
          "vertical\u000btab");
  private static final List<String> AMOUNTS =
      List.of(
          "0",
          "1",
          "2",
          "100m",
          "250m",
          "1500m",
          "0.5",
          "3.3",
          "1e3",
          "64Mi",
          "1Gi",
          "1.5Gi",
          "100M",
          "128974848",
          "1G",
          "1000Ki",
          "0.1",
          "7",
          "29m",
          "57m");

  int number(int below) {
    return random.nextInt(below);
  }

  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  <T> List<T> some(int max, Supplier<T> each) {
    var list = new ArrayList<T>();
    int size = random.nextInt(max + 1);
    for (int i = 0; i < size; i++) {
      list.add(each.get());
    }
    return list;
  }

  String word() {
    return one(WORDS);
  }

  String text() {
    return one(TEXTS);
  }

  String amount() {
    return one(AMOUNTS);
  }

  /// A time whose age reads the same for the next fifty seconds.
  String time() {
    long minutes = one(List.of(11, 59, 125, 185, 400, 600, 3_000, 9_000, 20_000, 1_500_000));
    long seconds = once(40) ? 100_000 : -(minutes + number(9)) * 60 - 5;
    return now.plusSeconds(seconds).toString().replaceFirst("\\..*Z", "Z");
  }

  Map<String, String> labels(int max) {
    var labels = new LinkedHashMap<String, String>();
    some(max, this::word).forEach(word -> labels.put(word, one(List.of("", "a", "b.c", "2"))));
    return labels;
  }

  Map<String, String> annotations() {
    var annotations = new LinkedHashMap<String, String>();
    some(3, this::word).forEach(word -> annotations.put(word, text()));
    if (once(5)) {
      annotations.put("kubectl.kubernetes.io/last-applied-configuration", "{}");
    }
    return annotations;
  }

  Map<String, Object> metadata(String namespace, String name) {
    var metadata =
        object(
            "name", name,
            "uid", "uid-of-" + namespace + "-" + name,
            "creationTimestamp", time(),
            "labels", labels(4),
            "annotations", annotations());
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return metadata;
  }

  Map<String, Object> selector() {
    return object(
        "matchLabels",
        labels(2),
        "matchExpressions",
        some(
            2,
            () -> {
              var operator = one(List.of("In", "NotIn", "Exists", "DoesNotExist"));
              boolean valued = operator.endsWith("In");
              return object(
                  "key",
                  word(),
                  "operator",
                  operator,
                  "values",
                  valued ? List.of("z", "a") : List.of());
            }));
  }

  /// A value that is there now and then.
  <T> @Nullable T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  /// An object of names and values in turn; null stands for none.
  static Map<String, Object> object(@Nullable Object... members) {
    var object = new LinkedHashMap<String, Object>();
    for (int i = 0; i < members.length; i += 2) {
      var value = members[i + 1];
      if (value != null) {
        object.put(String.valueOf(members[i]), value);
      }
    }
    return object;
  }

  /// The size of a list that is long now and then, but no longer than what the kubectl of these
  /// objects sorts as ours: beyond twelve, an older Go shuffles otherwise.
  int size(int usual, int max) {
    return once(6) ? Math.min(max, minor >= 36 ? max : 12) : usual;
  }

  /// The object in a member of an object.
  @SuppressWarnings("unchecked") // the generators nest nothing else
  static Map<String, Object> part(Map<String, Object> object, String member) {
    return (Map<String, Object>) Objects.requireNonNull(object.get(member));
  }

  /// The same in another order.
  <T> List<T> shuffled(List<T> items) {
    var copy = new ArrayList<>(items);
    Collections.shuffle(copy, random);
    return copy;
  }
}

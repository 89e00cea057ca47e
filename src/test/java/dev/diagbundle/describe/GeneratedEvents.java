package dev.diagbundle.describe;

import static dev.diagbundle.describe.Dice.object;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events about objects, often several of one second.
record GeneratedEvents(Dice dice) {
  Map<String, Object> event(String kind, Map<String, Object> subject, int number) {
    var metadata = Dice.part(subject, "metadata");
    var namespace = metadata.get("namespace");
    boolean byName = kind.equals("Node") && dice.once(2);
    var count = dice.maybe(() -> dice.number(9));
    boolean newer = dice.once(4);
    return object(
        "metadata",
            object(
                "name",
                "event-%06d".formatted(number),
                "namespace",
                namespace == null ? "default" : namespace),
        "involvedObject",
            object(
                "kind",
                kind,
                "name",
                metadata.get("name"),
                "namespace",
                namespace,
                "uid",
                byName ? metadata.get("name") : uid(metadata),
                "fieldPath",
                dice.minor() >= 35 ? dice.maybe(() -> "spec.containers{c0}") : null),
        "type", dice.one(List.of("Normal", "Warning")),
        "reason", dice.one(List.of("Pulled", "BackOff", "")),
        "message", dice.text(),
        "source", object("component", dice.maybe(() -> "kubelet"), "host", "n"),
        "reportingComponent", dice.maybe(() -> "example.com/controller"),
        "count", count,
        "eventTime", newer ? dice.time().replace("Z", ".000001Z") : null,
        "firstTimestamp", dice.maybe(dice::time),
        "lastTimestamp", newer ? null : dice.time(),
        "series", newer ? series() : null);
  }

  /// Now and then that of an object of the same name that is no more.
  private @Nullable Object uid(Map<String, Object> metadata) {
    return dice.once(10) ? "uid-of-before" : metadata.get("uid");
  }

  private @Nullable Map<String, Object> series() {
    return dice.maybe(() ->
        object(
            "count", dice.number(9),
            "lastObservedTime", dice.time().replace("Z", ".000001Z")));
  }
}

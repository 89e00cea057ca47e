package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DurationText;
import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.Profile;

/// The format of profiles, as data.
final class ProfileFormat {
  static final String API_VERSION = "diagbundle.dev/v1";
  static final String KIND = "Profile";

  static final Shape SIZE = new Shape.Text(TextForm.SIZE);
  static final Shape NAME_GLOBS = listOf(TextForm.NAME_GLOB);

  static final Shape.MapOf NODES =
      new Shape.MapOf(
          "nodes",
          "Which nodes are meant: those that match the selector and one of the names.",
          List.of(
              Shape.Key.optional(
                      "selector",
                      new Shape.Text(TextForm.SELECTOR),
                      "A label selector over nodes, for example kubernetes.io/os=windows.")
                  .withFallback("every node"),
              Shape.Key.optional("names", NAME_GLOBS, "Globs over node names.")
                  .withFallback("every node")),
          List.of());

  static final Shape.MapOf LIMITS =
      new Shape.MapOf(
          "limits",
          "The limits of a run.",
          List.of(
              Shape.Key.optional(
                      "item",
                      SIZE,
                      "Maximum uncompressed bytes of one log or file. A longer log keeps its newest lines and the lines around its first and newest error.")
                  .withFallback(size(Limits.DEFAULTS.itemBytes())),
              Shape.Key.optional("bundle", SIZE, "Maximum bytes of the finished bundle.")
                  .withFallback(size(Limits.DEFAULTS.bundleBytes())),
              Shape.Key.optional(
                      "deadline",
                      new Shape.Text(TextForm.DEADLINE),
                      "From the first request to the finished bundle.")
                  .withFallback(DurationText.format(Limits.DEFAULTS.deadline())),
              Shape.Key.optional(
                      "concurrency", new Shape.WholeNumber(1, 256), "Maximum concurrent requests.")
                  .withFallback(Integer.toString(Limits.DEFAULTS.concurrency())),
              Shape.Key.optional(
                      "perNode",
                      new Shape.WholeNumber(1, 16),
                      "Maximum concurrent requests per node.")
                  .withFallback(Integer.toString(Limits.DEFAULTS.perNode())),
              Shape.Key.optional(
                      "qps",
                      new Shape.Decimal(
                          Limits.MIN_REQUESTS_PER_SECOND, Limits.MAX_REQUESTS_PER_SECOND),
                      "Maximum requests per second, evenly spread; 0.5 is one in two" + " seconds.")
                  .withFallback("unlimited")),
          List.of());

  static final Shape.MapOf ITEM_LIMITS =
      new Shape.MapOf(
          "itemLimits",
          "The limits of one item.",
          List.of(
              Shape.Key.optional(
                      "item",
                      SIZE,
                      "Maximum uncompressed bytes of one log or file. A longer log keeps its newest lines and the lines around its first and newest error.")
                  .withFallback("the profile's limits.item")),
          List.of());

  /// The keys common to items of all kinds.
  static final List<Shape.Key> COMMON =
      List.of(
          Shape.Key.optional(
                  "name",
                  new Shape.Text(TextForm.ITEM_NAME),
                  "Identifies the item in extends, --only and --skip.")
              .withFallback("the item's kind"),
          Shape.Key.optional(
              "nodes", NODES, "Which nodes the item concerns, instead of the profile's."),
          Shape.Key.optional(
              "window",
              new Shape.Text(TextForm.WINDOW),
              "How far the item looks back, instead of the profile's window."),
          Shape.Key.optional("limits", ITEM_LIMITS, "Limits of this item."));

  static final Shape.MapOf PROFILE =
      new Shape.MapOf(
          "profile",
          "What diagbundle collects, and within which limits.",
          List.of(
              Shape.Key.required(
                  "apiVersion", new Shape.Constant(API_VERSION), "The version of this format."),
              Shape.Key.required("kind", new Shape.Constant(KIND), "Says that this is a profile."),
              Shape.Key.required(
                  "name", new Shape.Text(TextForm.PROFILE_NAME), "The profile's name."),
              Shape.Key.optional(
                  "description", new Shape.Text(TextForm.LINE), "One line for people."),
              Shape.Key.optional(
                  "extends",
                  new Shape.ListOf(new Shape.Text(TextForm.REFERENCE), true),
                  "Profiles to begin with: names of built-in ones, or files as seen from this one."
                      + " An item replaces an inherited item of the same name, others are added."),
              Shape.Key.optional(
                      "window",
                      new Shape.Text(TextForm.WINDOW),
                      "How far to look back when the command line does not say.")
                  .withFallback(DurationText.format(Profile.DEFAULT_WINDOW)),
              Shape.Key.optional("nodes", NODES, "Which nodes the items of nodes concern.")
                  .withFallback("every node"),
              Shape.Key.optional(
                  "collect",
                  new Shape.ListOf(new Shape.AnItem(), false),
                  "The items, each a map of one kind to its keys."),
              Shape.Key.optional("limits", LIMITS, "The limits of the run."),
              Shape.Key.optional(
                  "findings",
                  FindingsFormat.FINDINGS,
                  "How findings are tuned, and rules of your own.")),
          List.of("collect", "extends", "findings"));

  private ProfileFormat() {}

  static Shape listOf(TextForm form) {
    return new Shape.ListOf(new Shape.Text(form), false);
  }

  /// The keys of a kind of items, followed by the common ones.
  static List<Shape.Key> withCommon(List<Shape.Key> own) {
    return Stream.concat(own.stream(), COMMON.stream()).toList();
  }

  /// The shortest text that [ByteSize#parse] reads as this count, in binary units.
  static String size(long bytes) {
    if (bytes % (1L << 30) == 0) {
      return (bytes >> 30) + "GiB";
    }
    if (bytes % (1L << 20) == 0) {
      return (bytes >> 20) + "MiB";
    }
    return bytes % (1L << 10) == 0 ? (bytes >> 10) + "KiB" : bytes + "B";
  }
}

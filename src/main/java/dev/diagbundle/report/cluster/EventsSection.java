package dev.diagbundle.report.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.report.collection.FilesSection;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The section "Events": events merged by type, reason, kind of object and the pattern of the
/// message.
///
/// @param events the number of event objects of the bundle
/// @param warnings the number of those of type Warning
/// @param total the number of merged rows, of which `rows` are shown at most
/// @param place the folder of the unmerged lists
public record EventsSection(
    long events,
    long warnings,
    String count,
    String lead,
    int total,
    List<String> namespaces,
    List<Row> rows,
    Optional<FileLink> place) {
  private static final String EVENTS = "cluster-resources/events/";
  private static final int MAX_ROWS = 500;
  private static final int MAX_NAMESPACES = 200;
  private static final int MAX_HEAD = 110;

  /// One merged row.
  ///
  /// @param cluster its cluster, if there are several; else empty
  /// @param others the number of other objects that it represents
  /// @param head the message without its tail
  /// @param tail its last words, which stay visible when the row is folded; may be empty
  /// @param about the times at which it was first and last seen, and its reporter
  record Row(
      String cluster,
      String type,
      String reason,
      String namespace,
      String kind,
      String name,
      int others,
      String count,
      String time,
      String iso,
      String head,
      String tail,
      String about) {}

  /// @param also a further visitor of each event, with the name of its cluster
  public static EventsSection of(
      BundleFiles files, FilesSection folders, BiConsumer<String, JsonNode> also) {
    var merged = new MergedEvents();
    var lists = new ArrayList<Entry>();
    for (var cluster : files.clusters()) {
      for (var list : cluster.jsonFilesIn(EVENTS)) {
        files.eachObject(
            list,
            event -> {
              merged.add(cluster.clusterName(), event);
              also.accept(cluster.clusterName(), event);
            });
        lists.add(list);
      }
    }
    var ordered = merged.rows();
    // The rows within the limit: warnings first, then the newest. They are shown in order of time.
    var now = files.manifest().run().window().to();
    var shown =
        ordered.stream()
            .limit(MAX_ROWS)
            .sorted(
                Comparator.comparing(MergedEvents.Merged::last, Comparator.reverseOrder())
                    .thenComparing(MergedEvents.Merged::reason)
                    .thenComparing(MergedEvents.Merged::cluster)
                    .thenComparing(MergedEvents.Merged::namespace)
                    .thenComparing(MergedEvents.Merged::name)
                    .thenComparing(MergedEvents.Merged::message))
            .map(event -> row(event, now))
            .toList();
    var namespaces = new TreeSet<String>();
    shown.stream().map(Row::namespace).filter(name -> !name.isEmpty()).forEach(namespaces::add);
    return new EventsSection(
        merged.events(),
        merged.warnings(),
        TextFormat.count(merged.events(), "event"),
        lead(merged, ordered.size()),
        ordered.size() + merged.dropped(),
        namespaces.stream().limit(MAX_NAMESPACES).toList(),
        shown,
        place(lists, folders));
  }

  private static String lead(MergedEvents merged, int rows) {
    if (merged.events() == 0) {
      return "No events in this bundle.";
    }
    return TextFormat.count(merged.events(), "event")
        + ", "
        + TextFormat.count(merged.warnings())
        + " of them warnings, in "
        + TextFormat.count(rows + (long) merged.dropped(), "row")
        + ": events that differ only in numbers, identifiers and the object’s name are merged."
        + " Newest first; expand a message for its full text and source.";
  }

  private static Optional<FileLink> place(List<Entry> lists, FilesSection folders) {
    if (lists.size() == 1) {
      return Optional.of(FileLink.path(lists.getFirst()));
    }
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    return folders
        .anchor(EVENTS)
        .map(anchor -> new FileLink(anchor, EVENTS))
        .or(() -> Optional.of(FileLink.manifest()));
  }

  private static Row row(MergedEvents.Merged event, Instant now) {
    var message = CauseNormalizer.shorten(event.message());
    int cut = tailStart(message);
    return new Row(
        event.cluster(),
        event.warning() ? "Warning" : "Normal",
        event.reason(),
        event.namespace(),
        event.kind(),
        event.name(),
        event.objects() - 1,
        TextFormat.count(event.count()),
        event.last().equals(Instant.EPOCH) ? "" : TextFormat.timeNear(now, event.last()),
        event.last().toString(),
        message.substring(0, cut),
        message.substring(cut),
        about(event, now));
  }

  /// The start of the tail: the cause is usually at the end, after the last colon.
  private static int tailStart(String message) {
    int length = message.length();
    if (length <= MAX_HEAD) {
      return length;
    }
    int colon = message.lastIndexOf(": ", length - 12);
    if (colon > length - 60) {
      return colon + 1;
    }
    int blank = message.indexOf(' ', length - 40);
    return blank < 0 ? length : blank;
  }

  private static String about(MergedEvents.Merged event, Instant now) {
    var by = event.source();
    if (!by.isEmpty() && !event.host().isEmpty()) {
      by += " on " + event.host();
    }
    var reported = by.isEmpty() ? "" : " Reported by " + by + ".";
    if (event.last().equals(Instant.EPOCH)) {
      return "No timestamp." + reported;
    }
    if (event.first().equals(event.last())) {
      return "Seen once, at " + TextFormat.timeNear(now, event.last()) + " UTC." + reported;
    }
    return "First seen "
        + TextFormat.timeNear(now, event.first())
        + ", last seen "
        + TextFormat.timeNear(now, event.last())
        + " UTC."
        + reported;
  }
}

package dev.diagbundle.report;

import dev.diagbundle.bundle.BundleContents;
import java.util.ArrayList;
import java.util.List;

/// Everything that the page says: the model of its templates.
record Page(
    HeaderSection header,
    VerdictSection verdict,
    List<Link> rail,
    FindingsSection findings,
    CompletenessSection completeness,
    NodesSection nodes,
    TimelineSection timeline,
    LogPatternsSection patterns,
    WorkloadsSection workloads,
    EventsSection events,
    FilesSection files,
    RedactionSection redaction,
    CollectionSection collection) {
  /// A section in the list of sections.
  record Link(Href href, String title, String count) {}

  static Page of(BundleContents contents) {
    return of(contents, Findings.of(contents), LogPatterns.of(contents));
  }

  static Page of(BundleContents contents, Findings found, LogPatterns errors) {
    var bundle = new BundleFiles(contents);
    var manifest = contents.manifest();
    var gaps = new Gaps(manifest.items());
    var scale = TimelineScale.of(manifest);
    var course = new TimelineEvents(scale);
    var files = FilesSection.of(bundle);
    var nodes = NodesSection.of(bundle, gaps, files, found);
    var workloads = WorkloadsSection.of(bundle, found, course::pod);
    var events = EventsSection.of(bundle, files, course::event);
    var moments = Moments.of(scale, found, nodes, workloads, course);
    var timeline = TimelineSection.of(bundle, errors, course, nodes, moments);
    var patterns = LogPatternsSection.of(bundle, errors);
    var requests = RequestTally.of(bundle);
    var findings = FindingsSection.of(bundle, found);
    var completeness = CompletenessSection.of(bundle, gaps, found);
    var redaction = RedactionSection.of(manifest);
    var collection = CollectionSection.of(bundle, requests);
    var missing = MissingVerdict.of(manifest, gaps);
    return new Page(
        HeaderSection.of(bundle, nodes, workloads, requests, found),
        found.known()
            ? FindingsVerdict.of(bundle, found, missing)
            : VerdictSection.of(missing, nodes, workloads, events),
        rail(
            findings,
            completeness,
            nodes,
            timeline,
            patterns,
            workloads,
            events,
            files,
            redaction,
            collection),
        findings,
        completeness,
        nodes,
        timeline,
        patterns,
        workloads,
        events,
        files,
        redaction,
        collection);
  }

  private static List<Link> rail(
      FindingsSection findings,
      CompletenessSection completeness,
      NodesSection nodes,
      TimelineSection timeline,
      LogPatternsSection patterns,
      WorkloadsSection workloads,
      EventsSection events,
      FilesSection files,
      RedactionSection redaction,
      CollectionSection collection) {
    var links = new ArrayList<Link>();
    if (findings.known()) {
      links.add(link("findings", "Findings", Wording.count(findings.total())));
    }
    links.add(link("completeness", "Completeness", completeness.share()));
    links.add(link("nodes", "Nodes", Wording.count(nodes.total())));
    links.add(link("timeline", "Timeline", timeline.window()));
    if (patterns.known()) {
      links.add(link("patterns", "Log patterns", patterns.errors()));
    }
    links.add(
        link(
            "workloads",
            "Workloads",
            Wording.count(workloads.notReady() + (long) workloads.restarted())));
    links.add(link("events", "Events", Wording.count(events.events())));
    links.add(link("files", "Files", Wording.count(files.total())));
    links.add(link("redaction", "Redaction", Wording.count(redaction.values())));
    links.add(link("collection", "Collection", collection.took()));
    return List.copyOf(links);
  }

  private static Link link(String id, String title, String count) {
    return new Link(Href.anchor(id), title, count);
  }
}

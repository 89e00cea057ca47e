package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.report.cluster.EventsSection;
import dev.diagbundle.report.cluster.NodesSection;
import dev.diagbundle.report.cluster.WorkloadsSection;
import dev.diagbundle.report.collection.CollectionSection;
import dev.diagbundle.report.collection.CompletenessSection;
import dev.diagbundle.report.collection.FilesSection;
import dev.diagbundle.report.collection.Gaps;
import dev.diagbundle.report.collection.RedactionSection;
import dev.diagbundle.report.collection.RequestTally;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.findings.FindingsSection;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;
import dev.diagbundle.report.timeline.LogErrors;
import dev.diagbundle.report.timeline.LogPatternsSection;
import dev.diagbundle.report.timeline.Milestones;
import dev.diagbundle.report.timeline.TimelineEvents;
import dev.diagbundle.report.timeline.TimelineScale;
import dev.diagbundle.report.timeline.TimelineSection;

/// The content of the page: the model of its templates.
public record Page(
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

  public static Page of(BundleContents contents) {
    return of(contents, FindingsIndex.of(contents), LogErrors.of(contents));
  }

  static Page of(BundleContents contents, FindingsIndex found, LogErrors errors) {
    var bundle = new BundleFiles(contents);
    var manifest = contents.manifest();
    var gaps = new Gaps(manifest.items());
    var scale = TimelineScale.of(manifest);
    var course = new TimelineEvents(scale);
    var files = FilesSection.of(bundle);
    var nodes = NodesSection.of(bundle, gaps, files, found);
    var workloads = WorkloadsSection.of(bundle, found, course::pod);
    var events = EventsSection.of(bundle, files, course::event);
    var moments = Milestones.of(scale, found, nodes, workloads, course);
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
            ? FindingsVerdict.of(bundle, found.analysis(), missing)
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
      links.add(link("findings", "Findings", TextFormat.count(findings.total())));
    }
    links.add(link("completeness", "Completeness", completeness.share()));
    links.add(link("nodes", "Nodes", TextFormat.count(nodes.total())));
    links.add(link("timeline", "Timeline", timeline.window()));
    if (patterns.known()) {
      links.add(link("patterns", "Log patterns", patterns.errors()));
    }
    links.add(
        link(
            "workloads",
            "Workloads",
            TextFormat.count(workloads.notReady() + (long) workloads.restarted())));
    links.add(link("events", "Events", TextFormat.count(events.events())));
    links.add(link("files", "Files", TextFormat.count(files.total())));
    links.add(link("redaction", "Redaction", TextFormat.count(redaction.values())));
    links.add(link("collection", "Collection", collection.took()));
    return List.copyOf(links);
  }

  private static Link link(String id, String title, String count) {
    return new Link(Href.anchor(id), title, count);
  }
}

package dev.diagbundle.report;

import dev.diagbundle.bundle.BundleContents;
import java.util.ArrayList;
import java.util.List;

/// Everything that the page says: the model of its templates.
record Page(
    HeaderSection header,
    VerdictSection verdict,
    List<Link> rail,
    CompletenessSection completeness,
    NodesSection nodes,
    WorkloadsSection workloads,
    EventsSection events,
    FilesSection files,
    CollectionSection collection) {
  /// A section in the list of sections.
  record Link(Href href, String title, String count) {}

  static Page of(BundleContents contents) {
    var bundle = new BundleFiles(contents);
    var manifest = contents.manifest();
    var gaps = new Gaps(manifest.items());
    var files = FilesSection.of(bundle);
    var nodes = NodesSection.of(bundle, gaps, files);
    var workloads = WorkloadsSection.of(bundle);
    var events = EventsSection.of(bundle, files);
    var requests = RequestTally.of(bundle);
    var completeness = CompletenessSection.of(manifest, gaps);
    var collection = CollectionSection.of(bundle, requests);
    return new Page(
        HeaderSection.of(bundle, nodes, workloads, requests),
        VerdictSection.of(manifest, gaps, nodes, workloads, events),
        rail(completeness, nodes, workloads, events, files, collection),
        completeness,
        nodes,
        workloads,
        events,
        files,
        collection);
  }

  private static List<Link> rail(
      CompletenessSection completeness,
      NodesSection nodes,
      WorkloadsSection workloads,
      EventsSection events,
      FilesSection files,
      CollectionSection collection) {
    var links = new ArrayList<Link>();
    links.add(link("completeness", "Completeness", completeness.share()));
    links.add(link("nodes", "Nodes", Wording.count(nodes.total())));
    links.add(
        link(
            "workloads",
            "Workloads",
            Wording.count(workloads.notReady() + (long) workloads.restarted())));
    links.add(link("events", "Events", Wording.count(events.events())));
    links.add(link("files", "Files", Wording.count(files.total())));
    links.add(link("collection", "Collection", collection.took()));
    return List.copyOf(links);
  }

  private static Link link(String id, String title, String count) {
    return new Link(Href.anchor(id), title, count);
  }
}

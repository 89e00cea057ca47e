package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.report.cluster.EventsSection;
import dev.diagbundle.report.cluster.NodesSection;
import dev.diagbundle.report.cluster.WorkloadsSection;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;

/// The verdict: the problems and the missing data. Without an analysis, the problems are derived
/// from the state of objects.
///
/// @param question the question above the left half
/// @param icon the icon of the worst problem
/// @param notes more facts, in a line
/// @param leads the first places to look at
/// @param more a link to the rest
public record VerdictSection(
    String question,
    String icon,
    String title,
    List<Note> notes,
    List<Lead> leads,
    Optional<FileLink> more,
    MissingVerdict missing) {
  static final int MAX_LEADS = 4;

  /// One fact. `icon` may be empty.
  record Note(String icon, String text, Optional<Href> href) {}

  /// One place to look at: its details in the page, and the file behind it.
  public record Lead(
      String icon, String label, Href href, String text, Optional<FileLink> file, String scope) {}

  /// The verdict by the state of objects, if there was no analysis.
  static VerdictSection of(
      MissingVerdict missing,
      NodesSection nodes,
      WorkloadsSection workloads,
      EventsSection events) {
    var parts = new ArrayList<String>();
    if (nodes.notReady() > 0) {
      parts.add(TextFormat.count(nodes.notReady(), "node") + " not ready");
    }
    int attention = workloads.notReady() + workloads.restarted();
    if (attention > 0) {
      parts.add(TextFormat.count(attention, "pod needs", "pods need") + " attention");
    }
    boolean anything = nodes.list().isPresent() || workloads.pods() > 0;
    var title =
        parts.isEmpty()
            ? anything
                ? "No unready nodes or pods found"
                : "Unknown: no nodes or pods in this bundle"
            : String.join(", ", parts);
    var icon =
        nodes.notReady() > 0
            ? "crit"
            : attention > 0
                ? (workloads.notReady() > 0 ? "crit" : "warn")
                : anything ? "ok" : "note";
    var leads = leads(nodes, workloads);
    return new VerdictSection(
        "Most important symptoms",
        icon,
        title,
        notes(nodes, workloads, events),
        leads,
        workloads.total() > 0
            ? Optional.of(new FileLink(Href.anchor("workloads"), "All workloads needing attention"))
            : Optional.empty(),
        missing);
  }

  /// The left half as text: the title and the leads.
  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(title);
    for (Lead lead : leads) {
      lines.add(lead.text() + (lead.scope().isEmpty() ? "" : " (" + lead.scope() + ")"));
    }
    return lines;
  }

  private static List<Note> notes(
      NodesSection nodes, WorkloadsSection workloads, EventsSection events) {
    var notes = new ArrayList<Note>();
    if (nodes.list().isPresent()) {
      long ready = nodes.total() - (long) nodes.notReady();
      notes.add(
          new Note(
              "",
              TextFormat.count(ready) + " of " + TextFormat.count(nodes.total(), "node") + " ready",
              Optional.of(Href.anchor("nodes"))));
    } else {
      notes.add(new Note("na", "no nodes in this bundle", Optional.empty()));
    }
    if (workloads.pods() > 0) {
      notes.add(
          new Note(
              "",
              TextFormat.count(workloads.notReady())
                  + " of "
                  + TextFormat.count(workloads.pods(), "pod")
                  + " not ready",
              Optional.of(Href.anchor("workloads"))));
    } else {
      notes.add(new Note("na", "no pods in this bundle", Optional.empty()));
    }
    if (events.warnings() > 0) {
      notes.add(
          new Note(
              "warn",
              TextFormat.count(events.warnings(), "warning event"),
              Optional.of(Href.anchor("events"))));
    }
    return List.copyOf(notes);
  }

  private static List<Lead> leads(NodesSection nodes, WorkloadsSection workloads) {
    var leads = new ArrayList<Lead>();
    // Nodes take three of the four places at most, unless there is nothing else to show.
    int forNodes = workloads.rows().isEmpty() ? MAX_LEADS : MAX_LEADS - 1;
    for (var node : nodes.rows()) {
      if (node.facts().isNotReady() && leads.size() < forNodes) {
        var reason = node.facts().readyReason();
        leads.add(
            new Lead(
                "crit",
                "Not ready",
                Href.anchor(node.id()),
                "Node "
                    + node.facts().name()
                    + (node.cluster().isEmpty() ? "" : " of " + node.cluster())
                    + " is not ready"
                    + (reason.isEmpty() ? "" : ": " + reason),
                node.list(),
                node.since().isEmpty() ? "" : "since " + node.since()));
      }
    }
    for (var row : workloads.rows()) {
      if (leads.size() == MAX_LEADS) {
        break;
      }
      var pod = row.pod();
      leads.add(
          new Lead(
              pod.notReady() ? "crit" : "warn",
              pod.notReady() ? "Not ready" : "Restarted",
              Href.anchor(row.id()),
              (row.cluster().isEmpty() ? "" : row.cluster() + ": ")
                  + pod.namespace()
                  + "/"
                  + pod.name()
                  + ": "
                  + (pod.notReady() ? pod.state() : "restarted")
                  + (pod.detail().isEmpty() || !pod.notReady() ? "" : ", " + pod.detail()),
              row.place(),
              TextFormat.count(row.others() + 1L, "pod")));
    }
    return List.copyOf(leads);
  }
}

package dev.diagbundle.report.timeline;

import module java.base;

import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.cluster.NodesSection;
import dev.diagbundle.report.cluster.WorkloadsSection;
import dev.diagbundle.report.findings.FindingLink;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.findings.FindingsSection;

/// The few numbered moments of the timeline: first sightings of findings, joins and losses of
/// nodes, first failures, and the start of the collection.
public final class Milestones {
  /// The maximum number of moments.
  static final int MAX_MOMENTS = 8;

  private static final int MAX_TITLE = 160;
  private static final String RESTARTED = "First container exits and restarts on %s";
  private static final int MAX_CRITICAL = 4;
  private static final Comparator<Moment> EARLIEST_FIRST =
      Comparator.comparing(Moment::at).thenComparing(Moment::text);

  private Milestones() {}

  /// @param finding the finding that it is about, if it is about one
  public record Moment(Instant at, String text, Optional<FindingLink> finding) {}

  /// The most relevant moments, in the order of time.
  public static List<Moment> of(
      TimelineScale scale,
      FindingsIndex findings,
      NodesSection nodes,
      WorkloadsSection workloads,
      TimelineEvents events) {
    for (var row : nodes.rows()) {
      var facts = row.facts();
      var phrase = facts.isReady() ? EventPhrases.READY : EventPhrases.NOT_READY;
      if (!facts.ready().isEmpty()) {
        facts.since().ifPresent(at -> events.note(phrase, at, facts.name()));
      }
    }
    for (var row : workloads.rows()) {
      var pod = row.pod();
      if (pod.restarts() > 0 && !pod.followsItsNode()) {
        pod.since().ifPresent(at -> events.note(RESTARTED, at, pod.node()));
      }
    }
    var chosen = new ArrayList<Moment>();
    var end = new Moment(scale.to(), "Collection starts", Optional.empty());
    var critical = found(scale, findings, Severity.CRITICAL);
    add(critical.subList(0, Math.min(MAX_CRITICAL, critical.size())), chosen);
    add(
        events.firsts().values().stream()
            .filter(first -> !first.phrase().equals(EventPhrases.READY))
            .map(first -> new Moment(first.at(), first.text(), Optional.empty()))
            .sorted(EARLIEST_FIRST)
            .toList(),
        chosen);
    add(critical, chosen);
    add(found(scale, findings, Severity.WARNING), chosen);
    var ready = events.firsts().get(EventPhrases.READY);
    if (ready != null) {
      add(List.of(new Moment(ready.at(), ready.text(), Optional.empty())), chosen);
    }
    chosen.add(end);
    chosen.sort(EARLIEST_FIRST);
    return List.copyOf(chosen);
  }

  private static List<Moment> found(
      TimelineScale scale, FindingsIndex findings, Severity severity) {
    var moments = new ArrayList<Moment>();
    int number = 0;
    for (var finding : findings.roots()) {
      number++;
      if (number > FindingsSection.MAX_FINDINGS || finding.severity() != severity) {
        continue;
      }
      var link = FindingLink.of(number, finding);
      finding
          .firstSeen()
          .filter(scale::contains)
          .ifPresent(at ->
              moments.add(
                  new Moment(at, Printable.cut(finding.title(), MAX_TITLE), Optional.of(link))));
    }
    return moments;
  }

  /// Adds as many moments as fit, one for each second.
  private static void add(List<Moment> moments, List<Moment> chosen) {
    for (Moment moment : moments) {
      boolean known =
          chosen.stream()
              .anyMatch(each -> each.at().getEpochSecond() == moment.at().getEpochSecond());
      if (!known && chosen.size() < MAX_MOMENTS - 1) {
        chosen.add(moment);
      }
    }
  }
}

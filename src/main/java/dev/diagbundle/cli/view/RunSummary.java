package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.collect.CollectResult;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Reason;

/// The summary of a run: the file, its gaps with reasons, and the first findings.
public final class RunSummary {
  private static final int MAX_GAPS = 12;
  private static final int MAX_CLUSTERS = 20;
  private static final int WIDTH = 160;

  private final Terminal terminal;
  private final CollectResult result;
  private final Optional<Analysis> analysis;

  /// The items missing at one place for one reason.
  private record Gap(String place, Reason reason, String words) {}

  /// @param analysis of the collected data; empty if it failed
  public RunSummary(Terminal terminal, CollectResult result, Optional<Analysis> analysis) {
    this.terminal = terminal;
    this.result = result;
    this.analysis = analysis;
  }

  public List<String> lines() {
    var lines = new ArrayList<String>();
    var run = result.manifest().run();
    var window = run.window();
    lines.add(
        label("Bundle")
            + terminal.bold(Printable.line(result.file().toString()))
            + "  "
            + ByteSize.format(result.bytes())
            + ", "
            + result.manifest().entries().size()
            + " files"
            + (result.isSplit() ? ", in " + result.files().size() + " parts" : ""));
    lines.add(
        label("Window")
            + window.from().truncatedTo(ChronoUnit.SECONDS)
            + " to "
            + window.to().truncatedTo(ChronoUnit.SECONDS)
            + " ("
            + DurationText.format(window.length())
            + ")");
    addClusters(lines);
    lines.add(label("Items") + counts());
    run.interrupted()
        .ifPresent(cause ->
            lines.add(
                label("Ended")
                    + terminal.red(
                        switch (cause) {
                          case "deadline" -> "early, deadline reached";
                          case Manifest.Run.DISK -> "early, the disk is full";
                          default -> "early, signal " + cause;
                        })));
    addGaps(lines);
    if (!result.reportProblem().isEmpty()) {
      lines.add(
          label("Report") + terminal.red("missing: " + Printable.line(result.reportProblem())));
    }
    addRedacted(lines);
    addFindings(lines);
    lines.add(
        label("Open")
            + (result.isSplit()
                ? "cat " + Printable.line(result.file().toString()) + ".* | tar xz"
                : "tar xzf " + Printable.line(result.file().toString()))
            + " && open "
            + Printable.line(run.rootFolder())
            + "/index.html");
    return lines;
  }

  /// Adds a line for each cluster, if there are several.
  private void addClusters(List<String> lines) {
    var run = result.manifest().run();
    if (!run.hasSeveral()) {
      return;
    }
    for (int i = 0; i < Math.min(run.clusters().size(), MAX_CLUSTERS); i++) {
      var part = run.clusters().get(i);
      var version = part.identity().version();
      var state = part.answered() ? version : "not collected: " + part.failure();
      var text = Printable.line(part.name() + "  " + state, WIDTH);
      var label = label(i == 0 ? "Clusters" : "");
      lines.add(label + (part.answered() ? text : terminal.red(text)));
    }
    if (run.clusters().size() > MAX_CLUSTERS) {
      lines.add(label("") + "and " + (run.clusters().size() - MAX_CLUSTERS) + " more");
    }
  }

  private String counts() {
    var counts = new LinkedHashMap<String, Integer>();
    for (String label : List.of("collected", "partial", "skipped", "failed", "cancelled")) {
      counts.put(label, 0);
    }
    result
        .manifest()
        .items()
        .forEach(item -> counts.merge(item.outcome().label(), 1, Integer::sum));
    var parts = new ArrayList<String>();
    counts.forEach((label, count) -> {
      if (count > 0) {
        parts.add(count + " " + label);
      }
    });
    return result.manifest().items().size() + " planned: " + String.join(", ", parts);
  }

  private void addGaps(List<String> lines) {
    Map<Gap, List<Item>> gaps = new LinkedHashMap<>();
    for (Item item : result.manifest().items()) {
      if (item.outcome().leavesGap()) {
        gaps.computeIfAbsent(gap(item), any -> new ArrayList<>()).add(item);
      }
    }
    var sorted = new ArrayList<>(gaps.entrySet());
    sorted.sort(Comparator.comparingInt(gap -> -gap.getValue().size()));
    for (int i = 0; i < Math.min(sorted.size(), MAX_GAPS); i++) {
      var gap = sorted.get(i).getKey();
      var items = sorted.get(i).getValue();
      var what = items.size() == 1 ? items.getFirst().name() : items.size() + " items";
      var text = gap.place() + ": " + what + ", " + gap.reason().label() + ": " + gap.words();
      lines.add(label(i == 0 ? "Missing" : "") + terminal.yellow(Printable.line(text, WIDTH)));
    }
    if (sorted.size() > MAX_GAPS) {
      lines.add(label("") + "and " + (sorted.size() - MAX_GAPS) + " more; see the report");
    }
  }

  private void addRedacted(List<String> lines) {
    long values = 0;
    int files = 0;
    for (var entry : result.manifest().entries()) {
      long inIt = entry.redactions().values().stream().mapToLong(Long::longValue).sum();
      values += inIt;
      files += inIt > 0 ? 1 : 0;
    }
    if (values > 0) {
      var text = values + (values == 1 ? " value" : " values") + " in " + files;
      lines.add(label("Redacted") + text + (files == 1 ? " file" : " files"));
    }
  }

  /// Adds the findings; the first lines of the report if there was no analysis.
  private void addFindings(List<String> lines) {
    var words =
        analysis
            .map(found -> new FindingsSummary(terminal, found).lines())
            .orElseGet(() ->
                result.lookFirst().stream().map(line -> Printable.line(line, WIDTH)).toList());
    var name = analysis.isPresent() ? "Findings" : "Look at";
    for (int i = 0; i < words.size(); i++) {
      lines.add(label(i == 0 ? name : "") + words.get(i));
    }
  }

  private static Gap gap(Item item) {
    var node = item.node().isEmpty() ? "cluster" : item.node();
    var place = item.cluster().isEmpty() ? node : item.cluster() + ", " + node;
    var outcome = item.outcome();
    return new Gap(place, outcome.why().orElseThrow(), outcome.words());
  }

  private String label(String text) {
    return terminal.dim(String.format("%-9s", text));
  }
}

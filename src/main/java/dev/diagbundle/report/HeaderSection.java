package dev.diagbundle.report;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.report.cluster.NodesSection;
import dev.diagbundle.report.cluster.WorkloadsSection;
import dev.diagbundle.report.collection.CollectionSection;
import dev.diagbundle.report.collection.ItemTally;
import dev.diagbundle.report.collection.RedactionSection;
import dev.diagbundle.report.collection.RequestTally;
import dev.diagbundle.report.findings.FindingsSection;
import dev.diagbundle.report.findings.ParsedFindings;
import dev.diagbundle.report.findings.SeverityBadge;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Banner, header and facts: which cluster, when, by whom, how big.
///
/// @param title of the document
/// @param summary version, nodes, pods
/// @param window both ends, in UTC
/// @param from the first end as an instant, for the reader's own time zone
/// @param bundleFile the likely name of the archive
/// @param manifest the first digits of the checksum of `manifest.json`
/// @param redacted how many values
/// @param clusters each, if there are several
public record HeaderSection(
    String title,
    String cluster,
    String summary,
    String profile,
    String day,
    String window,
    String length,
    String from,
    String to,
    String server,
    String context,
    String collected,
    String effort,
    String user,
    String files,
    String compressed,
    String bundleFile,
    String manifest,
    String redacted,
    String redactedIn,
    String tool,
    String finished,
    List<Banner> banners,
    List<Line> clusters) {
  private static final int MAX_BANNERS = 2;

  /// One of several clusters.
  ///
  /// @param state its version and clock, or why there is nothing of it
  public record Line(String name, String server, String state, boolean answered) {}

  /// What a reader has to know before anything else.
  ///
  /// @param icon of its severity
  record Banner(String icon, String word, String title, String text) {}

  static HeaderSection of(
      BundleFiles files,
      NodesSection nodes,
      WorkloadsSection workloads,
      RequestTally requests,
      ParsedFindings findings) {
    var manifest = files.manifest();
    var run = manifest.run();
    var cluster = run.cluster();
    var tally = ItemTally.of(manifest.items());
    var took = Duration.between(run.started(), run.finished());
    long bytes = manifest.entries().stream().mapToLong(Entry::bytes).sum();
    long compressed = manifest.entries().stream().mapToLong(Entry::compressedBytes).sum();
    var sha = files.manifestSha256();
    var redaction = RedactionSection.of(manifest);
    var user = cluster.user();
    boolean several = run.hasSeveral();
    var name = several ? TextFormat.count(run.clusters().size(), "cluster") : cluster.name();
    return new HeaderSection(
        name + ", " + minute(run) + " UTC, diagnostics report",
        name,
        summary(versions(run), nodes, workloads),
        run.profile(),
        TextFormat.date(run.window().to()),
        window(run.window()),
        TextFormat.duration(run.window().length()),
        run.window().from().toString(),
        run.window().to().toString(),
        cluster.server(),
        several ? "" : cluster.context(),
        TextFormat.dateAndTime(run.finished()) + " UTC",
        "in "
            + TextFormat.duration(took)
            + (requests.sent() > 0 ? ", " + TextFormat.count(requests.sent(), "request") : ""),
        user.isEmpty() ? "unknown" : user,
        TextFormat.count(manifest.entries().size(), "file") + ", " + ByteSize.format(bytes),
        "about " + ByteSize.format(compressed) + " compressed",
        run.rootFolder() + ".tar.gz",
        sha.substring(0, Math.min(12, sha.length())) + "…",
        TextFormat.count(redaction.values(), "value"),
        redaction.files() > 0 ? "in " + TextFormat.count(redaction.files(), "file") + ", " : "",
        run.toolVersion(),
        TextFormat.dateAndTime(run.finished()) + " UTC",
        banners(findings, run.interrupted().map(cause -> banner(cause, took, tally))),
        several
            ? run.clusters().stream()
                .limit(CollectionSection.MAX_CLUSTERS)
                .map(HeaderSection::line)
                .toList()
            : List.of());
  }

  private static String versions(Manifest.Run run) {
    return run.clusters().stream()
        .map(part -> part.identity().version())
        .filter(version -> !version.isEmpty())
        .distinct()
        .limit(CollectionSection.MAX_CLUSTERS)
        .collect(Collectors.joining(", "));
  }

  private static Line line(Manifest.Part part) {
    var version = part.identity().version();
    return new Line(
        part.name(),
        part.identity().server(),
        part.answered()
            ? "Kubernetes "
                + (version.isEmpty() ? "unknown" : version)
                + ", local clock "
                + CollectionSection.clock(part.clockSkew())
            : "nothing collected: " + part.failure(),
        part.answered());
  }

  private static String minute(Manifest.Run run) {
    var to = run.window().to().toString();
    return to.substring(0, Math.min(16, to.length())).replace('T', ' ');
  }

  private static String summary(String version, NodesSection nodes, WorkloadsSection workloads) {
    var text = new StringBuilder("Kubernetes ").append(version.isEmpty() ? "unknown" : version);
    if (nodes.total() > 0) {
      text.append(", ").append(TextFormat.count(nodes.total(), "node"));
      var systems = nodes.more() == 0 ? NodesSection.systems(nodes.rows()) : "";
      if (!systems.isEmpty()) {
        text.append(" (").append(systems).append(')');
      }
    }
    if (workloads.pods() > 0) {
      text.append(", ").append(TextFormat.count(workloads.pods(), "pod"));
    }
    return text.toString();
  }

  private static String window(TimeWindow window) {
    return TextFormat.timeNear(window.to(), window.from())
        + " – "
        + TextFormat.time(window.to())
        + " UTC";
  }

  /// Two at most: what the checks say of the bundle first, but for what the manifest itself tells
  /// of an interrupted run.
  private static List<Banner> banners(ParsedFindings findings, Optional<Banner> interrupted) {
    var banners = new ArrayList<Banner>();
    int room = MAX_BANNERS - (interrupted.isPresent() ? 1 : 0);
    findings.bundle().stream()
        .filter(finding -> !finding.cause().equals("interrupted"))
        .filter(finding -> finding.severity() != SeverityBadge.INFO)
        .limit(room)
        .forEach(finding ->
            banners.add(
                new Banner(
                    finding.severity().icon(),
                    finding.severity().word(),
                    FindingsSection.title(finding),
                    finding.remedy())));
    interrupted.ifPresent(banners::add);
    return List.copyOf(banners);
  }

  private static Banner banner(String cause, Duration took, ItemTally tally) {
    var why =
        switch (cause) {
          case "deadline" -> "its deadline";
          case "INT" -> "Ctrl+C";
          default -> "signal " + cause;
        };
    return new Banner(
        "warn",
        "Warning",
        "The collection was interrupted after " + TextFormat.duration(took) + " (" + why + ")",
        tally.sentence()
            + ". The collected items are complete; the others were not requested or were"
            + " cancelled.");
  }
}

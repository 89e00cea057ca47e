package dev.diagbundle.report;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.report.cluster.NodesSection;
import dev.diagbundle.report.cluster.WorkloadsSection;
import dev.diagbundle.report.collection.CollectionSection;
import dev.diagbundle.report.collection.ItemTally;
import dev.diagbundle.report.collection.RedactionSection;
import dev.diagbundle.report.collection.RequestTally;
import dev.diagbundle.report.findings.FindingText;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.findings.FindingsSection;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The banner, header and facts of the page: cluster, time, user, size.
///
/// @param title the title of the document
/// @param summary the version, nodes and pods
/// @param clusters the clusters, if there are several
public record HeaderSection(
    String title,
    String cluster,
    String server,
    String summary,
    String profile,
    Window window,
    Collection collection,
    BundleFile bundle,
    Redacted redacted,
    List<Banner> banners,
    List<Line> clusters) {
  private static final int MAX_BANNERS = 2;

  /// The window of the run.
  ///
  /// @param day the day of its end
  /// @param text both ends, in UTC
  /// @param from the first end as an instant, for the reader's own time zone
  record Window(String day, String text, String length, String from, String to) {
    static Window of(TimeWindow window) {
      return new Window(
          TextFormat.date(window.to()),
          TextFormat.timeNear(window.to(), window.from())
              + " – "
              + TextFormat.time(window.to())
              + " UTC",
          TextFormat.duration(window.length()),
          window.from().toString(),
          window.to().toString());
    }
  }

  /// The facts about the collection.
  ///
  /// @param effort the duration and the number of requests
  /// @param context the context of the kubeconfig; empty if there were several
  record Collection(String ended, String effort, String user, String context, String tool) {
    private static Collection of(Manifest.Run run, Duration took, long requests) {
      var user = run.cluster().user();
      return new Collection(
          TextFormat.dateAndTime(run.finished()) + " UTC",
          "in "
              + TextFormat.duration(took)
              + (requests > 0 ? ", " + TextFormat.count(requests, "request") : ""),
          user.isEmpty() ? "unknown" : user,
          run.hasSeveral() ? "" : run.cluster().context(),
          run.toolVersion());
    }
  }

  /// The archive.
  ///
  /// @param file its likely name
  /// @param files the number of its files and bytes
  /// @param manifest the first digits of the checksum of `manifest.json`
  record BundleFile(String file, String files, String compressed, String manifest) {
    private static BundleFile of(BundleFiles files) {
      var entries = files.manifest().entries();
      var sha = files.manifestSha256();
      return new BundleFile(
          files.manifest().run().rootFolder() + ".tar.gz",
          TextFormat.count(entries.size(), "file")
              + ", "
              + ByteSize.format(entries.stream().mapToLong(Entry::bytes).sum()),
          "about "
              + ByteSize.format(entries.stream().mapToLong(Entry::compressedBytes).sum())
              + " compressed",
          sha.substring(0, Math.min(12, sha.length())) + "…");
    }
  }

  /// The redacted values.
  ///
  /// @param files the number of files with such values; may be empty
  record Redacted(String values, String files) {
    private static Redacted of(RedactionSection redaction) {
      return new Redacted(
          TextFormat.count(redaction.values(), "value"),
          redaction.files() > 0 ? "in " + TextFormat.count(redaction.files(), "file") + ", " : "");
    }
  }

  /// One of several clusters.
  ///
  /// @param state its version and clock, or the reason why it has no data
  public record Line(String name, String server, String state, boolean answered) {}

  /// A notice at the top of the page.
  ///
  /// @param icon the icon of its severity
  record Banner(String icon, String word, String title, String text) {}

  static HeaderSection of(
      BundleFiles files,
      NodesSection nodes,
      WorkloadsSection workloads,
      RequestTally requests,
      FindingsIndex findings) {
    var manifest = files.manifest();
    var run = manifest.run();
    var cluster = run.cluster();
    var tally = ItemTally.of(manifest.items());
    var took = Duration.between(run.started(), run.finished());
    boolean several = run.hasSeveral();
    var name = several ? TextFormat.count(run.clusters().size(), "cluster") : cluster.name();
    return new HeaderSection(
        name + ", " + minute(run) + " UTC, diagnostics report",
        name,
        cluster.server(),
        summary(versions(run), nodes, workloads),
        run.profile(),
        Window.of(run.window()),
        Collection.of(run, took, requests.sent()),
        BundleFile.of(files),
        Redacted.of(RedactionSection.of(manifest)),
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

  /// The banners, two at most: findings about the bundle first, except if the manifest itself
  /// reports an interrupted run.
  private static List<Banner> banners(FindingsIndex findings, Optional<Banner> interrupted) {
    var banners = new ArrayList<Banner>();
    int room = MAX_BANNERS - (interrupted.isPresent() ? 1 : 0);
    findings.analysis().bundle().stream()
        .filter(finding -> !finding.cause().equals("interrupted"))
        .filter(finding -> finding.severity() != Severity.INFO)
        .limit(room)
        .forEach(finding ->
            banners.add(
                new Banner(
                    FindingText.icon(finding.severity()),
                    FindingText.word(finding.severity()),
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
          case Manifest.Run.DISK -> "the disk was full";
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

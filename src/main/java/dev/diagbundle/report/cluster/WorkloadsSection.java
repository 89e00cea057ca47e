package dev.diagbundle.report.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.findings.CauseNormalizer;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.report.findings.FindingLink;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;
import dev.diagbundle.report.input.LastLines;

/// The section "Workloads needing attention": pods that are not ready or restarted inside the
/// window. Pods of one owner with the same problem share a row.
///
/// @param pods the number of pods of the bundle
/// @param notReady the number of pods that are not ready
/// @param findings true if a column names the findings
/// @param restarted the number of pods that are ready again after a restart
/// @param total the number of rows, of which `rows` are shown at most
public record WorkloadsSection(
    int pods,
    int notReady,
    int restarted,
    String count,
    String lead,
    int total,
    boolean findings,
    List<Row> rows) {
  private static final String PODS = "cluster-resources/pods/";
  private static final int MAX_ROWS = 200;
  private static final int MAX_GROUPS = 5_000;
  private static final int MAX_NAMES = 10;

  /// One row.
  ///
  /// @param cluster its cluster, if there are several; else empty
  /// @param others the number of other pods that it represents
  /// @param same some of their names
  /// @param nolog the reason why there is no log line, if there is none
  public record Row(
      String id,
      String cluster,
      UnhealthyPod pod,
      int others,
      String same,
      String since,
      String nolog,
      List<LastLines.Line> lines,
      List<FileLink> links,
      Optional<FindingLink> finding,
      Optional<FileLink> place) {}

  /// @param also a further visitor of each pod, with the name of its cluster
  public static WorkloadsSection of(
      BundleFiles files, FindingsIndex findings, BiConsumer<String, JsonNode> also) {
    var groups = new Groups();
    for (var cluster : files.clusters()) {
      var window = cluster.cluster().window();
      for (var list : cluster.jsonFilesIn(PODS)) {
        cluster.eachObject(
            list,
            pod -> {
              groups.pods++;
              also.accept(cluster.clusterName(), pod);
              UnhealthyPod.of(pod, window).ifPresent(trouble -> groups.add(trouble, list, cluster));
            });
      }
    }
    var ordered =
        groups.byCause.values().stream()
            .sorted(
                Comparator.comparing((Group group) -> !group.first.notReady())
                    .thenComparing(group -> group.first.over())
                    .thenComparing(group -> group.first.followsItsNode())
                    .thenComparing(group -> group.count, Comparator.reverseOrder())
                    .thenComparing(group -> group.files.clusterName())
                    .thenComparing(group -> group.first.namespace())
                    .thenComparing(group -> group.first.name()))
            .toList();
    var lastLines = new LastLines(files);
    var rows = new ArrayList<Row>();
    for (var group : ordered.subList(0, Math.min(MAX_ROWS, ordered.size()))) {
      rows.add(row("W" + (rows.size() + 1), group, lastLines, findings));
    }
    int attention = groups.notReady + groups.restarted;
    return new WorkloadsSection(
        groups.pods,
        groups.notReady,
        groups.restarted,
        TextFormat.count(attention) + " of " + TextFormat.count(groups.pods, "pod"),
        lead(groups),
        ordered.size() + groups.left,
        rows.stream().anyMatch(row -> row.finding().isPresent()),
        List.copyOf(rows));
  }

  private static String lead(Groups groups) {
    if (groups.notReady + groups.restarted == 0) {
      return "No pods that are not ready or restarted within the time window.";
    }
    return TextFormat.count(groups.notReady, "pod is", "pods are")
        + " not ready, "
        + TextFormat.count(groups.restarted, "runs", "run")
        + " again after a restart within the time window. Pods of one owner in the same state"
        + " share a row, with their last log lines, if any.";
  }

  private static Row row(String id, Group group, LastLines lastLines, FindingsIndex findings) {
    var pod = group.first;
    var files = group.files;
    Instant now = files.cluster().window().to();
    var log = lastLines.log(files, pod.namespace(), pod.name(), pod.container());
    var lines = log.map(lastLines::of).orElse(List.of());
    var links = new ArrayList<FileLink>();
    log.map(FileLink::name).ifPresent(links::add);
    var described = files.find(text(pod.namespace(), "pod", pod.name()));
    described.map(FileLink::name).ifPresent(links::add);
    ownerText(pod).flatMap(files::find).map(FileLink::name).ifPresent(links::add);
    links.add(FileLink.name(group.list));
    if (!pod.node().isEmpty()) {
      files
          .find(new EntryPath("nodes").child(pod.node()).child("describe.txt"))
          .map(entry -> new FileLink(Href.entry(entry.path()), "node’s describe.txt"))
          .ifPresent(links::add);
    }
    return new Row(
        id,
        files.clusterName(),
        pod,
        group.count - 1,
        TextFormat.list(group.names, MAX_NAMES),
        pod.since().map(time -> TextFormat.timeNear(now, time)).orElse(""),
        lines.isEmpty() ? nolog(pod, log) : "",
        lines,
        List.copyOf(links),
        finding(files, pod, findings),
        log.or(() -> described).or(() -> Optional.of(group.list)).map(FileLink::path));
  }

  /// The finding about the pod; else about the node, if only its silence makes the pod unready, or
  /// about its controller.
  private static Optional<FindingLink> finding(
      BundleFiles files, UnhealthyPod pod, FindingsIndex findings) {
    var cluster = files.clusterName();
    return findings
        .ofPod(cluster, pod.namespace(), pod.name())
        .or(() -> pod.followsItsNode() ? findings.ofNode(cluster, pod.node()) : Optional.empty())
        .or(() ->
            pod.notReady()
                ? findings.ofOwner(cluster, pod.namespace(), pod.owner())
                : Optional.empty());
  }

  /// The path of the `kubectl describe` output of an object, if it was collected.
  private static EntryPath text(String namespace, String kind, String name) {
    var file = kind.toLowerCase(Locale.ROOT) + "-" + name + ".txt";
    return EntryPath.of("describe").child(namespace).child(file);
  }

  private static Optional<EntryPath> ownerText(UnhealthyPod pod) {
    int end = pod.owner().indexOf(' ');
    return end < 0
        ? Optional.empty()
        : Optional.of(
            text(pod.namespace(), pod.owner().substring(0, end), pod.owner().substring(end + 1)));
  }

  private static String nolog(UnhealthyPod pod, Optional<Entry> log) {
    if (log.isPresent()) {
      return "The log is too large to show its end here.";
    }
    if (pod.node().isEmpty()) {
      return "No log: the pod is not scheduled.";
    }
    return pod.container().isEmpty() || pod.started()
        ? "No log in the bundle."
        : "No log: the container has not started.";
  }

  private record Cause(String cluster, String namespace, String owner, String state, String form) {}

  private static final class Group {
    private final UnhealthyPod first;
    private final Entry list;
    private final BundleFiles files;
    private final List<String> names = new ArrayList<>(1);
    private int count = 1;

    private Group(UnhealthyPod first, Entry list, BundleFiles files) {
      this.first = first;
      this.list = list;
      this.files = files;
    }
  }

  /// The rows of unhealthy pods, bounded: beyond [#MAX_GROUPS] causes they are only counted.
  private static final class Groups {
    private final Map<Cause, Group> byCause = new LinkedHashMap<>();
    private int pods;
    private int notReady;
    private int restarted;
    private int left;

    private void add(UnhealthyPod trouble, Entry list, BundleFiles files) {
      if (trouble.notReady()) {
        notReady++;
      } else {
        restarted++;
      }
      var owner = trouble.owner().isEmpty() ? "Pod " + trouble.name() : trouble.owner();
      var cause =
          new Cause(
              files.clusterName(),
              trouble.namespace(),
              owner,
              trouble.state(),
              CauseNormalizer.of(trouble.detail()));
      var group = byCause.get(cause);
      if (group != null) {
        group.count++;
        if (group.names.size() < MAX_NAMES) {
          group.names.add(trouble.name());
        }
      } else if (byCause.size() < MAX_GROUPS) {
        byCause.put(cause, new Group(trouble, list, files));
      } else {
        left++;
      }
    }
  }
}

package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The selection of a bundle's logs, and their short names.
public final class LogChoice {
  private static final String POD_LOGS = "cluster-resources/pods/logs/";

  private final boolean anyFile;
  private final List<String> nodes;
  private final List<Predicate<String>> pods;

  private LogChoice(boolean anyFile, List<String> nodes, List<Predicate<String>> pods) {
    this.anyFile = anyFile;
    this.nodes = nodes;
    this.pods = pods;
  }

  /// The logs of these nodes together with those of these pods; without either, all.
  ///
  /// @param anyFile whether files other than logs are included
  /// @param nodes names or globs
  /// @param pods `namespace/name`, each of which may be a glob; without a slash, any namespace
  public static LogChoice of(boolean anyFile, List<String> nodes, List<String> pods)
      throws DiagbundleException {
    var matchers = new ArrayList<Predicate<String>>();
    for (String pod : pods) {
      var problem = Glob.problem(pod);
      if (problem.isPresent() || pod.indexOf('/') != pod.lastIndexOf('/')) {
        throw new DiagbundleException(
            Problem.usage(
                "--pod '"
                    + Printable.line(pod)
                    + "' is no NAMESPACE/NAME or glob"
                    + problem.map(why -> ": " + why).orElse("")));
      }
      matchers.add(new Glob(pod.indexOf('/') < 0 ? "*/" + pod : pod).matcher());
    }
    // Wrong globs of nodes are refused here, not first when files are at hand.
    NodeChoice.of(nodes);
    return new LogChoice(anyFile, List.copyOf(nodes), List.copyOf(matchers));
  }

  /// The files that are meant, in the order given.
  public List<Entry> files(List<Entry> files, List<Item> items) throws DiagbundleException {
    var candidates =
        anyFile
            ? files
            : withoutCopies(files.stream().filter(file -> isLog(within(file))).toList());
    if (nodes.isEmpty() && pods.isEmpty()) {
      return candidates;
    }
    Set<Entry> ofNodes =
        nodes.isEmpty() ? Set.of() : new HashSet<>(NodeChoice.of(nodes).files(candidates, items));
    return candidates.stream()
        .filter(file -> ofNodes.contains(file) || isOfPods(within(file)))
        .toList();
  }

  /// The short name of a log: node and service or file, namespace, pod and container; its cluster
  /// before them in a bundle of several.
  public static String name(Entry file) {
    var place = BundleLayout.placeOf(file.path());
    var cluster = place.folder().isEmpty() ? "" : place.folder() + "/";
    var path = within(file);
    if (path.startsWith(POD_LOGS)) {
      return cluster + withoutEnding(path.substring(POD_LOGS.length()));
    }
    var segments = path.split("/", 4);
    if (segments.length == 4 && segments[0].equals("nodes")) {
      boolean service = segments[2].equals("services");
      return cluster + segments[1] + "/" + (service ? withoutEnding(segments[3]) : segments[3]);
    }
    return cluster + (path.equals("events.txt") ? "events" : path);
  }

  /// The files without those of a node's log folder that are there as a service's log as well, as
  /// on Windows.
  private static List<Entry> withoutCopies(List<Entry> files) {
    var services = new HashSet<String>();
    for (Entry file : files) {
      if (folder(file).endsWith("/services")) {
        services.add(folder(file) + " " + file.sha256());
      }
    }
    return files.stream()
        .filter(file -> {
          var original = folder(file).replaceFirst("/files$", "/services");
          return file.sha256().isEmpty()
              || original.equals(folder(file))
              || !services.contains(original + " " + file.sha256());
        })
        .toList();
  }

  /// The first segments of a path: `nodes`, the node, and what it is of it.
  private static String folder(Entry file) {
    var segments = within(file).split("/", 4);
    return segments.length < 4
        ? ""
        : BundleLayout.placeOf(file.path()).prefix()
            + String.join("/", segments[0], segments[1], segments[2]);
  }

  private boolean isOfPods(String path) {
    if (!path.startsWith(POD_LOGS)) {
      return false;
    }
    var segments = path.substring(POD_LOGS.length()).split("/", 3);
    return segments.length == 3
        && pods.stream().anyMatch(pod -> pod.test(segments[0] + "/" + segments[1]));
  }

  private static boolean isLog(String path) {
    if (path.startsWith(POD_LOGS) || path.equals("events.txt")) {
      return true;
    }
    var segments = path.split("/", 4);
    return segments.length == 4
        && segments[0].equals("nodes")
        && (segments[2].equals("services") || segments[2].equals("files"));
  }

  private static String within(Entry file) {
    return file.path().value().substring(BundleLayout.placeOf(file.path()).prefix().length());
  }

  private static String withoutEnding(String name) {
    return name.endsWith(".log") ? name.substring(0, name.length() - 4) : name;
  }
}

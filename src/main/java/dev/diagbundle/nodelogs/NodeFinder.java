package dev.diagbundle.nodelogs;

import module java.base;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.NodeSelection;
import java.util.Collection;

/// The search for the nodes of a selection. Nodes with full names are read one by one, which costs
/// little in a large cluster; otherwise all are listed.
final class NodeFinder {
  private static final int MAX_NODE_BYTES = 4 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final NodeSelection selection;
  private final Map<String, NodeSummary> found = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  NodeFinder(Cluster cluster, NodeSelection selection) {
    this.cluster = cluster;
    this.selection = selection;
  }

  /// Queries the cluster.
  ///
  /// @throws DiagbundleException if there is no node, or nodes cannot be read
  void find() throws DiagbundleException, IOException, InterruptedException {
    try {
      var names = selection.names().stream().map(Glob::pattern).toList();
      boolean named = selection.selector().isEmpty() && !names.isEmpty();
      if (named && names.stream().allMatch(NodeFinder::isWhole)) {
        for (String name : names) {
          get(name);
        }
      } else {
        list();
      }
    } catch (ObjectList.BrokenListException | RequestFailedException e) {
      throw new DiagbundleException(
          Problem.failure("the nodes of the cluster cannot be read: " + e.getMessage())
              .withHint("see which rights it needs: get and list nodes, get nodes/proxy"));
    }
    if (found.isEmpty()) {
      throw new DiagbundleException(Problem.failure(words()));
    }
  }

  /// The nodes found, in the order of names.
  Collection<NodeSummary> found() {
    return found.values();
  }

  /// The names that no node has.
  List<String> missing() {
    return missing.stream().sorted(Comparator.naturalOrder()).distinct().toList();
  }

  private void get(String name) throws IOException, InterruptedException {
    try (var answer =
        cluster.fetch(Request.json("/api/v1/nodes/" + Request.segment(name), RequestOrigin.RUN))) {
      add(NodeSummary.of(JSON.readTree(answer.body().readNBytes(MAX_NODE_BYTES))));
    } catch (RequestFailedException e) {
      if (e.reason() != Reason.NOT_FOUND) {
        throw e;
      }
      missing.add(name);
    }
  }

  private void list() throws IOException, InterruptedException {
    var selector = selection.selector().flatMap(LabelSelector::parse);
    var names = selection.names().stream().map(Glob::matcher).toList();
    var matched = new boolean[names.size()];
    ObjectList.read(
        cluster,
        "/api/v1/nodes",
        RequestOrigin.RUN,
        object -> {
          var node = NodeSummary.of(object);
          boolean named = names.isEmpty();
          for (int i = 0; i < matched.length; i++) {
            boolean matches = names.get(i).test(node.name());
            matched[i] |= matches;
            named |= matches;
          }
          if (named && (selector.isEmpty() || selector.get().matches(node.labels()))) {
            add(node);
          }
        });
    for (int i = 0; i < matched.length; i++) {
      if (!matched[i]) {
        missing.add(selection.names().get(i).pattern());
      }
    }
  }

  private void add(NodeSummary node) {
    // The labels may be many, and the nodes thousands.
    found.put(
        node.name(),
        new NodeSummary(
            node.name(), node.os(), node.kubeletVersion(), node.runtime(), node.ready(), Map.of()));
  }

  private static boolean isWhole(String name) {
    return name.chars().noneMatch(c -> "*?[]{}".indexOf(c) >= 0);
  }

  private String words() {
    var parts = new ArrayList<String>();
    selection.names().forEach(name -> parts.add("'" + name.pattern() + "'"));
    selection.selector().ifPresent(text -> parts.add("the selector '" + text + "'"));
    return parts.isEmpty()
        ? "the cluster has no nodes"
        : "no node matches " + String.join(", ", parts);
  }
}

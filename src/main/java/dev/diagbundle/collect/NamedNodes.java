package dev.diagbundle.collect;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cluster.Call;
import dev.diagbundle.cluster.Caller;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ObjectList;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.NodeSelection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Finds the nodes of a selection. Nodes that are named whole are asked for one by one, which costs
/// little in a large cluster; otherwise all are listed.
final class NamedNodes {
  private static final int MAX_NODE_BYTES = 4 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Cluster cluster;
  private final NodeSelection selection;
  private final Map<String, NodeFacts> found = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();

  NamedNodes(Cluster cluster, NodeSelection selection) {
    this.cluster = cluster;
    this.selection = selection;
  }

  /// Asks the cluster.
  ///
  /// @throws DiagbundleException if there is none, or they cannot be known
  void find() throws DiagbundleException, IOException, InterruptedException {
    try {
      var names = selection.names().stream().map(Glob::pattern).toList();
      boolean named = selection.selector().isEmpty() && !names.isEmpty();
      if (named && names.stream().allMatch(NamedNodes::isWhole)) {
        for (String name : names) {
          get(name);
        }
      } else {
        list();
      }
    } catch (ObjectList.BrokenListException | RefusedException e) {
      throw new DiagbundleException(
          Problem.failure("the nodes of the cluster cannot be read: " + e.getMessage())
              .withHint("see which rights it needs: get and list nodes, get nodes/proxy"));
    }
    if (found.isEmpty()) {
      throw new DiagbundleException(Problem.failure(words()));
    }
  }

  /// What was found, in the order of names.
  Collection<NodeFacts> found() {
    return found.values();
  }

  /// Names that no node has.
  List<String> missing() {
    return missing.stream().sorted(Comparator.naturalOrder()).distinct().toList();
  }

  private void get(String name) throws IOException, InterruptedException {
    try (var answer = cluster.fetch(Call.json("/api/v1/nodes/" + Call.segment(name), Caller.RUN))) {
      add(NodeFacts.of(JSON.readTree(answer.body().readNBytes(MAX_NODE_BYTES))));
    } catch (RefusedException e) {
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
        Caller.RUN,
        object -> {
          var node = NodeFacts.of(object);
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

  private void add(NodeFacts node) {
    // The labels may be many, and the nodes thousands.
    found.put(
        node.name(),
        new NodeFacts(node.name(), node.os(), node.kubeletVersion(), node.ready(), Map.of()));
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

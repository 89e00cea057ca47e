package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.NodeSelection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The label selector of nodes.
final class NodeSelectorOptions {
  @Option(
      names = "--node-selector",
      paramLabel = "SELECTOR",
      description = {"Label selector of nodes, as in", "kubernetes.io/os=windows."})
  private @Nullable String selector;

  boolean isGiven() {
    return selector != null;
  }

  /// The nodes of the selector that have one of these names.
  ///
  /// @param names names or globs; empty for all nodes
  NodeSelection selection(List<String> names) throws DiagbundleException {
    var globs = new ArrayList<Glob>();
    for (String name : names) {
      var problem = Glob.problem(name);
      if (problem.isPresent()) {
        throw usage("node '" + Printable.line(name) + "': invalid name or glob, " + problem.get());
      }
      globs.add(new Glob(name));
    }
    if (selector != null && LabelSelector.parse(selector).isEmpty()) {
      throw usage("--node-selector '" + selector + "': invalid label selector");
    }
    return new NodeSelection(Optional.ofNullable(selector), globs);
  }

  private static DiagbundleException usage(String message) {
    return new DiagbundleException(Problem.usage(message));
  }
}

package dev.diagbundle.collect;

import dev.diagbundle.cluster.NodeFile;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.collect.PlannedTask.Load;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Files below the log folders of nodes: one task walks the folders that may hold a wanted name,
/// and plans one more for each file.
final class NodeFilesSource implements Source<ItemSpec.NodeFiles> {
  /// Symbolic links can make a folder its own descendant.
  private static final int MAX_DEPTH = 12;

  private static final int MAX_FILES = 5_000;

  @Override
  public Class<ItemSpec.NodeFiles> spec() {
    return ItemSpec.NodeFiles.class;
  }

  @Override
  public void plan(ItemSpec.NodeFiles spec, Planner planner) {
    for (NodeFacts node : planner.nodes(spec)) {
      planner.atNode(
          node,
          spec.kind(),
          "(folder of " + spec.name() + ")",
          Load.FILE,
          scope -> walk(spec, planner, node, scope));
    }
  }

  private static Outcome walk(
      ItemSpec.NodeFiles spec, Planner planner, NodeFacts node, TaskScope scope)
      throws IOException, InterruptedException {
    var include = matchers(spec.include());
    var exclude = matchers(spec.exclude());
    var refused = new ArrayList<String>();
    var folders = new ArrayDeque<String>(List.of(""));
    int found = 0;
    while (!folders.isEmpty()) {
      var folder = folders.remove();
      for (String name : names(node, folder, scope, refused)) {
        var path = folder + name;
        if (name.endsWith("/")) {
          var below = path.substring(0, path.length() - 1);
          if (path.chars().filter(c -> c == '/').count() < MAX_DEPTH
              && spec.include().stream().anyMatch(glob -> glob.couldMatchBelow(below))) {
            folders.add(path);
          }
        } else if (matches(include, path) && !matches(exclude, path) && found++ < MAX_FILES) {
          planner.atNode(
              node, spec.kind(), path, Load.FILE, task -> collect(spec, planner, node, path, task));
        }
      }
    }
    if (!refused.isEmpty()) {
      return new Outcome.Partial(
          Reason.INVALID_ANSWER, "folders that cannot be read: " + String.join("; ", refused));
    }
    if (found > MAX_FILES) {
      return new Outcome.Partial(
          Reason.OVER_BUDGET, found + " files match; the first " + MAX_FILES + " are collected");
    }
    return found == 0
        ? new Outcome.Skipped(Reason.EMPTY, "no file matches")
        : new Outcome.Collected();
  }

  private static List<String> names(
      NodeFacts node, String folder, TaskScope scope, List<String> refused)
      throws IOException, InterruptedException {
    try {
      return NodeFile.list(scope.cluster(), node.name(), folder, scope.caller());
    } catch (RefusedException e) {
      if (folder.isEmpty() || e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      refused.add(folder + ": " + e.getMessage());
      return List.of();
    }
  }

  private static Outcome collect(
      ItemSpec.NodeFiles spec, Planner planner, NodeFacts node, String path, TaskScope scope)
      throws IOException, InterruptedException {
    var window = planner.window(spec);
    var looked = NodeFile.look(scope.cluster(), node.name(), path, scope.caller());
    if (looked.isEmpty()) {
      return new Outcome.Skipped(Reason.UNSUPPORTED, "the name is a link to a folder");
    }
    var file = looked.get();
    if (file.modified().isPresent() && file.modified().get().isBefore(window.from())) {
      return new Outcome.Skipped(Reason.EMPTY, "not changed in the window");
    }
    if (file.bytes() == 0) {
      return new Outcome.Skipped(Reason.EMPTY, "the file is empty");
    }
    long limit = planner.itemBytes(spec);
    long wanted = Math.min(limit, spec.tailBytes().orElse(Long.MAX_VALUE));
    long from = Math.max(0, file.bytes() - wanted);
    var entry = EntryPath.of("nodes").child(node.name()).descend("files").descend(path);
    return scope.collect(
        entry,
        file.modified().orElse(window.to()),
        limit,
        out -> {
          try (var answer = file.open(scope.cluster(), node.name(), from, scope.caller())) {
            long copied = answer.body().transferTo(out);
            if (copied < file.bytes() - from) {
              return new Outcome.Partial(
                  Reason.TRUNCATED,
                  "the file had " + file.bytes() + " bytes and became shorter while it was read");
            }
            if (answer.contentType().startsWith("text/html")) {
              return new Outcome.Partial(
                  Reason.INVALID_ANSWER,
                  "served as text/html, in which the API server rewrites links");
            }
          }
          return from > 0 && wanted == limit
              ? new Outcome.Partial(
                  Reason.OVER_BUDGET, "only its last " + wanted + " of " + file.bytes() + " bytes")
              : new Outcome.Collected();
        });
  }

  private static List<Predicate<String>> matchers(List<Glob> globs) {
    return globs.stream().map(Glob::matcher).toList();
  }

  private static boolean matches(List<Predicate<String>> matchers, String path) {
    return matchers.stream().anyMatch(matcher -> matcher.test(path));
  }
}

package dev.diagbundle.collect;

import dev.diagbundle.cluster.LogQuery;
import dev.diagbundle.cluster.RefusedException;
import dev.diagbundle.cluster.ServiceLog;
import dev.diagbundle.collect.PlannedTask.Load;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;

/// Logs of the services of nodes. Whether a node answers log queries at all is asked first, by a
/// question that costs it nothing, so that its directory listing is never taken for a log.
final class NodeLogsSource implements Source<ItemSpec.NodeLogs> {
  @Override
  public Class<ItemSpec.NodeLogs> spec() {
    return ItemSpec.NodeLogs.class;
  }

  @Override
  public void plan(ItemSpec.NodeLogs spec, Planner planner) {
    for (NodeFacts node : planner.nodes(spec)) {
      for (String service : spec.services()) {
        planner.atNode(
            node,
            spec.kind(),
            service,
            Load.QUERY,
            scope -> collect(spec, planner, node, service, scope));
      }
    }
  }

  private static Outcome collect(
      ItemSpec.NodeLogs spec, Planner planner, NodeFacts node, String service, TaskScope scope)
      throws IOException, InterruptedException {
    var query = probe(planner.inventory(), node, scope);
    if (!query.isOn()) {
      return new Outcome.Skipped(Reason.UNSUPPORTED, query.said());
    }
    var window = planner.window(spec);
    var log =
        new ServiceLog(
            node.name(),
            node.isWindows(),
            service,
            query,
            window,
            planner.present(),
            scope.caller(),
            spec.codePage().orElse(CodePage.USUAL));
    var path = EntryPath.of("nodes").child(node.name()).descend("services").child(service + ".log");
    return scope.collect(
        path, window.to(), planner.itemBytes(spec), out -> log.copyTo(scope.cluster(), out));
  }

  /// What the node can do, asked once: one query at a time runs at a node, so a second probe of the
  /// same node cannot race the first. A refusal by rule is kept too; other failures may pass.
  private static LogQuery probe(Inventory inventory, NodeFacts node, TaskScope scope)
      throws IOException, InterruptedException {
    var known = inventory.logQuery(node.name());
    if (known.isPresent()) {
      return known.get();
    }
    var refused = inventory.logQueryRefusal(node.name());
    if (refused.isPresent()) {
      throw refused.get();
    }
    try {
      var query = LogQuery.probe(scope.cluster(), node.name(), scope.caller());
      inventory.setLogQuery(node.name(), query);
      return query;
    } catch (RefusedException e) {
      if (e.reason() == Reason.FORBIDDEN || e.reason() == Reason.UNSUPPORTED) {
        inventory.refuseLogQuery(node.name(), e);
      }
      throw e;
    }
  }
}

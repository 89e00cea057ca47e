package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodelog.KubeletVersion;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.cluster.nodelog.ServiceLog;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;
import java.util.Optional;

/// The source of logs of node services. Support for log queries is probed first, by a request that
/// costs the node nothing, so that its directory listing is never taken for a log. The result of
/// the probe is stored in the bundle next to the node's logs.
final class NodeLogsSource implements Source<ItemSpec.NodeLogs> {
  @Override
  public Class<ItemSpec.NodeLogs> spec() {
    return ItemSpec.NodeLogs.class;
  }

  @Override
  public void plan(ItemSpec.NodeLogs spec, Planner planner) {
    for (NodeSummary node : planner.nodes().of(spec)) {
      for (String service : spec.services()) {
        var missing =
            spec.allServices() ? Optional.<String>empty() : NodeServices.whyMissing(node, service);
        if (missing.isPresent()) {
          planner
              .tasks()
              .note(
                  spec.kind(),
                  node.name(),
                  service,
                  new Outcome.Skipped(Reason.NOT_FOUND, "not requested: " + missing.get()));
          continue;
        }
        planner
            .tasks()
            .atNode(
                node,
                spec.kind(),
                service,
                Load.QUERY,
                scope -> collect(spec, planner, node, service, scope));
      }
    }
  }

  @Override
  public void needs(ItemSpec.NodeLogs spec, ItemRights needs) {
    needs.nodeProxy();
  }

  private static Outcome collect(
      ItemSpec.NodeLogs spec, Planner planner, NodeSummary node, String service, TaskScope scope)
      throws IOException, InterruptedException {
    boolean first = planner.inventory().logQuery(node.name()).isEmpty();
    var query = probe(planner, node, scope);
    var folder = EntryPath.of("nodes").child(node.name());
    try {
      return query.isOn()
          ? copy(spec, planner, node, service, query, folder, scope)
          : new Outcome.Skipped(Reason.UNSUPPORTED, query.said());
    } finally {
      if (first) {
        NodeLogQueryFile.write(query, node, folder, planner, scope);
      }
    }
  }

  private static Outcome copy(
      ItemSpec.NodeLogs spec,
      Planner planner,
      NodeSummary node,
      String service,
      LogQuerySupport query,
      EntryPath folder,
      TaskScope scope)
      throws IOException, InterruptedException {
    var version = node.kubeletVersion();
    if (KubeletVersion.parse(version)
        .filter(known -> !known.takesServiceName(service))
        .isPresent()) {
      return new Outcome.Skipped(
          Reason.UNSUPPORTED, "kubelet " + version + " does not support this service name");
    }
    var window = planner.window().of(spec);
    long itemBytes = planner.itemBytes(spec);
    var log =
        new ServiceLog(
            node.name(),
            node.isWindows(),
            service,
            query,
            planner.window().ofLines(window),
            new ServiceLog.Options(
                spec.boot(),
                spec.pattern(),
                spec.codePage().orElse(CodePage.USUAL),
                ReadLimit.of(itemBytes)),
            planner.window().clock(),
            LogQueryTimeout.KUBELET,
            scope.caller());
    return scope.collect(
        folder.descend("services").child(service + ".log"),
        window.to(),
        itemBytes,
        out -> log.copyTo(scope.cluster(), out));
  }

  /// The node's support for log queries, probed once: one query at a time runs at a node, so a
  /// second probe of the same node cannot race the first. A refusal by rule is kept too; other
  /// failures may be transient.
  private static LogQuerySupport probe(Planner planner, NodeSummary node, TaskScope scope)
      throws IOException, InterruptedException {
    var inventory = planner.inventory();
    var known = inventory.logQuery(node.name());
    if (known.isPresent()) {
      return known.get();
    }
    var refused = inventory.logQueryRefusal(node.name());
    if (refused.isPresent()) {
      throw refused.get();
    }
    try {
      var query =
          LogQuerySupport.probe(
              scope.cluster(),
              node.name(),
              node.isWindows(),
              planner.window().clock(),
              scope.caller());
      inventory.setLogQuery(node.name(), query);
      return query;
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.FORBIDDEN || e.reason() == Reason.UNSUPPORTED) {
        inventory.refuseLogQuery(node.name(), e);
      }
      throw e;
    }
  }
}

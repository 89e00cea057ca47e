package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.io.IOException;

/// The source of kubelet endpoints, through the API server's node proxy.
final class KubeletSource implements Source<ItemSpec.Kubelet> {
  @Override
  public Class<ItemSpec.Kubelet> spec() {
    return ItemSpec.Kubelet.class;
  }

  @Override
  public void plan(ItemSpec.Kubelet spec, Planner planner) {
    for (NodeSummary node : planner.nodes().of(spec)) {
      for (String endpoint : spec.endpoints()) {
        planner
            .tasks()
            .atNode(
                node,
                spec.kind(),
                endpoint,
                Load.LIGHT,
                scope -> collect(spec, planner, node, endpoint, scope));
      }
    }
  }

  @Override
  public void needs(ItemSpec.Kubelet spec, ItemRights needs) {
    needs.nodeProxy();
  }

  private static Outcome collect(
      ItemSpec.Kubelet spec, Planner planner, NodeSummary node, String endpoint, TaskScope scope)
      throws IOException, InterruptedException {
    var path = "/api/v1/nodes/" + Request.segment(node.name()) + "/proxy/" + endpoint;
    try (var answer = scope.cluster().get(Request.raw(path, scope.caller()))) {
      var type = answer.contentType();
      // An unhealthy kubelet answers with a 500 in plain text; the API server's is JSON.
      boolean sick =
          endpoint.startsWith("healthz") && answer.status() == 500 && type.startsWith("text/plain");
      if (!answer.isSuccess() && !sick) {
        throw ErrorClassifier.of(answer);
      }
      if (type.startsWith("text/html")) {
        return new Outcome.Failed(Reason.INVALID_ANSWER, "the response is an HTML page");
      }
      var name = endpoint.replaceAll("[/?&=]", "-") + (type.contains("json") ? ".json" : ".txt");
      var entry = EntryPath.of("nodes").child(node.name()).descend("kubelet").child(name);
      return scope.collect(
          entry,
          planner.window().whole().to(),
          planner.itemBytes(spec),
          out -> {
            answer.body().transferTo(out);
            return new Outcome.Collected();
          });
    }
  }
}

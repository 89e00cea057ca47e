package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Input;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.analyze.Words;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Reason;

/// Nodes whose kubelet the API server does not reach. A refusal by access rules is none of these.
final class CollectNodeUnreachable implements Analyzer {
  private static final Check CHECK =
      new Check(
          "collect-node-unreachable",
          Layer.COLLECTION,
          "Open the way from the API server to port 10250 of the node, or repair the tunnel between"
              + " them; meanwhile collect on the node.",
          Check.KUBERNETES + "concepts/architecture/control-plane-node-communication/",
          Input.NODES);

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    return (facts, conclusion) -> {
      var groups = Groups.byCause();
      for (Item item : facts.items()) {
        if (isWanted(item)) {
          groups.add(
              Hit.of(
                      Severity.WARNING,
                      kind(item.outcome().words()),
                      new ObjectName("Node", "", item.node()),
                      CollectedItems.evidence(item))
                  .node(item.node())
                  .detail(item.outcome().words()));
        }
      }
      conclusion.found(
          groups,
          group ->
              "No kubelet data from "
                  + Words.count(group.nodes().size(), "node")
                  + " ("
                  + Words.list(group.nodes())
                  + "): "
                  + group.cause());
    };
  }

  private static boolean isWanted(Item item) {
    return !item.node().isEmpty()
        && item.outcome().why().filter(Reason.UNREACHABLE::equals).isPresent();
  }

  private static String kind(String words) {
    if (words.contains("refused")) {
      return "connection refused, so the kubelet is down";
    }
    if (words.contains("TLS handshake timeout")) {
      return "TLS handshake timeout, so the kubelet hangs";
    }
    if (words.contains("x509")) {
      return "the certificate is not accepted";
    }
    boolean away = words.contains("timeout") || words.contains("no route");
    return away ? "no way to the machine" : "the API server does not reach it";
  }
}

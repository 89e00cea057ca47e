package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Reason;

/// Nodes whose kubelet the API server cannot reach. Missing permissions do not count.
final class CollectNodeUnreachable extends Rule {
  CollectNodeUnreachable() {
    super(
        "collect-node-unreachable",
        Layer.COLLECTION,
        "Allow connections from the API server to port 10250 of the node, or fix the tunnel"
            + " between them; meanwhile, collect on the node itself.",
        KUBERNETES + "concepts/architecture/control-plane-node-communication/",
        CheckInput.NODES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      facts.items().stream()
          .filter(CollectNodeUnreachable::isWanted)
          .map(item -> ItemEvidence.nodeHit(Severity.WARNING, kind(item.outcome().words()), item))
          .forEach(groups::add);
      conclusion.found(
          groups, group -> "No kubelet data from " + group.onNodes() + ": " + group.cause());
    };
  }

  private static boolean isWanted(Item item) {
    return !item.node().isEmpty()
        && item.outcome().why().filter(Reason.UNREACHABLE::equals).isPresent();
  }

  private static String kind(String words) {
    if (words.contains("refused")) {
      return "connection refused: the kubelet is down";
    }
    if (words.contains("TLS handshake timeout")) {
      return "TLS handshake timeout: the kubelet hangs";
    }
    if (words.contains("x509")) {
      return "the certificate is rejected";
    }
    boolean away = words.contains("timeout") || words.contains("no route");
    return away ? "the machine is unreachable" : "the API server cannot reach the kubelet";
  }
}

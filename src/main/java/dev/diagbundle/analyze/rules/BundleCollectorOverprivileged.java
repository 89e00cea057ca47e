package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;

/// Permissions of the collecting identity beyond what a collection needs.
///
/// A bundle does not record the permissions of an identity, only their use, so this check is never
/// clear: it reports Secrets that could be listed, and access to kubelets through their nodes. That
/// an identity is an administrator is known by its usual names only.
final class BundleCollectorOverprivileged extends Rule {
  private static final Set<String> ADMINISTRATORS =
      Set.of(
          "kubernetes-admin",
          "kubernetes-super-admin",
          "system:admin",
          "system:masters",
          "kube:admin",
          "cluster-admin");

  BundleCollectorOverprivileged() {
    super(
        "bundle-collector-overprivileged",
        Layer.HYGIENE,
        "Collect with the ClusterRole that diagbundle check prints, and revoke nodes/proxy"
            + " after the run: it allows running commands on nodes.",
        KUBERNETES + "concepts/security/rbac-good-practices/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var user = facts.user();
      var rights = new ArrayList<String>();
      var proof = new ArrayList<Evidence>();
      for (Item item : facts.items()) {
        boolean secrets = item.kind() == ItemKind.CLUSTER_DUMP && item.name().equals("secrets");
        boolean proxy = item.kind() == ItemKind.KUBELET || item.kind() == ItemKind.NODE_LOGS;
        var right =
            secrets ? "list secrets" : proxy ? "nodes/proxy (temporary, for node logs)" : "";
        if (!right.isEmpty()
            && item.outcome() instanceof Outcome.Collected
            && !rights.contains(right)) {
          rights.add(right);
          proof.add(ItemEvidence.evidence(item));
        }
      }
      boolean admin = ADMINISTRATORS.contains(user);
      if (admin) {
        rights.addFirst("all permissions, judging by its name");
      }
      if (!rights.isEmpty()) {
        groups.add(
            Hit.of(
                    admin ? Severity.WARNING : Severity.INFO,
                    "more than needed",
                    new ObjectName("identity", "", user.isEmpty() ? "of the collector" : user),
                    proof.toArray(Evidence[]::new))
                .detail(String.join(", ", rights)));
      }
      conclusion.unknown("permissions of the collector: not recorded in a bundle");
      conclusion.found(
          groups,
          group -> "Identity " + group.names() + " has more than read access: " + group.detail());
    };
  }
}

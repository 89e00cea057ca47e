package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ItemEvidence;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.ItemKind;

/// A collection that ended early, or lacks lists that most checks need.
final class BundleIncomplete extends Rule {
  BundleIncomplete() {
    super(
        "bundle-incomplete",
        Layer.BUNDLE,
        "Collect again, with a longer deadline or higher limits.",
        KUBERNETES + "tasks/debug/");
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var manifest = new ObjectName("bundle", "", facts.manifest().run().rootFolder());
      facts
          .manifest()
          .run()
          .interrupted()
          .ifPresent(by ->
              groups.add(
                  Hit.of(
                          Severity.WARNING,
                          "interrupted",
                          manifest,
                          new Evidence("manifest.json", 0, 0, List.of("interrupted: " + by)))
                      .detail(
                          by.equals(Manifest.Run.DISK)
                              ? "the disk was full"
                              : "the run was stopped by " + by)));
      for (Item item : facts.items()) {
        // A list that was not requested is no gap of this bundle.
        if (item.kind() == ItemKind.CLUSTER_DUMP
            && LISTS.contains(item.name())
            && item.outcome().leavesGap()) {
          groups.add(
              Hit.of(
                      Severity.CRITICAL,
                      item.name(),
                      ItemEvidence.name(item),
                      ItemEvidence.evidence(item))
                  .detail(
                      "the list of "
                          + item.name()
                          + " is missing or incomplete ("
                          + ItemEvidence.reason(item)
                          + ")"));
        }
      }
      conclusion.found(groups, group -> "Bundle incomplete: " + group.detail());
    };
  }

  private static final Set<String> LISTS = Set.of("nodes", "pods");
}

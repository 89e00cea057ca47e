package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.Analyzer;
import dev.diagbundle.analyze.Check;
import dev.diagbundle.analyze.Evidence;
import dev.diagbundle.analyze.Groups;
import dev.diagbundle.analyze.Hit;
import dev.diagbundle.analyze.Interests;
import dev.diagbundle.analyze.Layer;
import dev.diagbundle.analyze.ObjectName;
import dev.diagbundle.analyze.Severity;
import dev.diagbundle.bundle.Item;
import java.util.List;
import java.util.Set;

/// A collection that ended early, or lacks the lists that most checks stand on.
final class BundleIncomplete implements Analyzer {
  private static final Check CHECK =
      new Check(
          "bundle-incomplete",
          Layer.BUNDLE,
          "Collect again, with a longer deadline or higher limits.",
          Check.KUBERNETES + "tasks/debug/");

  @Override
  public Check check() {
    return CHECK;
  }

  @Override
  public Study begin(Interests interests) {
    return (facts, conclusion) -> {
      var groups = Groups.byCause();
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
                      .detail("the run was ended by " + by)));
      for (Item item : facts.items()) {
        // A list that nobody asked for is no gap of this bundle.
        if (LISTS.contains(item.kind() + "/" + item.name()) && item.outcome().leavesGap()) {
          groups.add(
              Hit.of(
                      Severity.CRITICAL,
                      item.name(),
                      CollectedItems.name(item),
                      CollectedItems.evidence(item))
                  .detail(
                      "the list of "
                          + item.name()
                          + " is missing or not whole ("
                          + CollectedItems.reason(item)
                          + ")"));
        }
      }
      conclusion.found(groups, group -> "Bundle incomplete: " + group.detail());
    };
  }

  private static final Set<String> LISTS = Set.of("clusterDump/nodes", "clusterDump/pods");
}

package dev.diagbundle.analyze.rules.support;

import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Reason;
import java.util.List;

/// Items of the manifest as evidence and as names.
public final class ItemEvidence {
  private ItemEvidence() {}

  /// The item's place in the manifest; its lines are not counted.
  public static Evidence evidence(Item item) {
    return new Evidence(
        "manifest.json",
        0,
        0,
        List.of("item " + item.id() + ": " + item.outcome().label(), item.outcome().words()));
  }

  /// A hit about an item itself.
  public static Hit hit(Severity severity, String cause, Item item) {
    return hit(severity, cause, name(item), item);
  }

  /// A hit about the node of an item.
  public static Hit nodeHit(Severity severity, String cause, Item item) {
    return hit(severity, cause, new ObjectName("Node", "", item.node()), item);
  }

  private static Hit hit(Severity severity, String cause, ObjectName object, Item item) {
    return Hit.of(severity, cause, object, evidence(item))
        .node(item.node())
        .detail(item.outcome().words());
  }

  public static ObjectName name(Item item) {
    return new ObjectName("item", "", item.id());
  }

  /// The reason's spelling; the item's outcome if it has none.
  public static String reason(Item item) {
    return item.outcome().why().map(Reason::label).orElse(item.outcome().label());
  }
}

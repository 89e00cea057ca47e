package dev.diagbundle.collect.source;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.describe.DescribedPod;
import dev.diagbundle.describe.EventTable;
import dev.diagbundle.describe.LeaseResponse;
import dev.diagbundle.describe.NodeDescription;
import dev.diagbundle.describe.Viewpoint;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.yaml.YamlText;

/// The source of descriptions of nodes, as kubectl would print them, from lists that were read once
/// for all of them: the nodes, the pods, the events and the leases.
final class NodeDescribeSource implements Source<ItemSpec.NodeDescribe> {
  private static final List<ResourceType> NEEDED =
      List.of(ResourceType.EVENTS, ResourceType.PODS, ResourceType.LEASES);

  @Override
  public Class<ItemSpec.NodeDescribe> spec() {
    return ItemSpec.NodeDescribe.class;
  }

  @Override
  public void plan(ItemSpec.NodeDescribe spec, Planner planner) {
    planner
        .lists()
        .after(
            NEEDED,
            () -> {
              for (NodeSummary node : planner.nodes().of(spec)) {
                // It sends no request to the node, so a node that is down is described too.
                planner
                    .tasks()
                    .about(node, spec.kind(), "describe", scope -> describe(node, planner, scope));
              }
            });
  }

  @Override
  public void needs(ItemSpec.NodeDescribe spec, ItemRights needs) {
    needs.listsEverywhere(NEEDED);
  }

  private static Outcome describe(NodeSummary node, Planner planner, TaskScope scope)
      throws IOException {
    var inventory = planner.inventory();
    var now = Viewpoint.utc(planner.window().whole().to());
    var folder = EntryPath.of("nodes").child(node.name());
    var object = inventory.nodeObject(node.name()).orElseThrow();
    var lease = inventory.leaseOf(node.name());
    var events = inventory.eventsOf(node.name());
    write(
        scope,
        folder.child("describe.txt"),
        planner,
        text ->
            new NodeDescription(object, pods(planner, node), answer(lease), events, List.of())
                .render(text, now));
    var from = planner.window().whole().from();
    var recent = events.stream().filter(event -> !event.lastSeen().isBefore(from)).toList();
    if (!recent.isEmpty()) {
      write(
          scope,
          folder.child("events.txt"),
          planner,
          text -> new EventTable(recent, false).render(text, now));
    }
    if (lease.isPresent()) {
      write(
          scope, folder.child("lease.yaml"), planner, text -> text.write(YamlText.of(lease.get())));
    }
    // Each node is described once.
    inventory.forgetDescribed(node.name());
    return outcome(planner);
  }

  /// The outcome of a description. kubectl counts the pods of all namespaces; a user without the
  /// right to list them gets a partial description. Objects missing from a list are missing from
  /// the text, which does not differ from that of a node that has none.
  private static Outcome outcome(Planner planner) {
    for (ResourceType type : NEEDED) {
      var refusal = planner.lists().narrowed(type);
      if (refusal.isPresent()) {
        return new Outcome.Partial(
            refusal.get().reason(),
            "only the "
                + type.plural()
                + " of the requested namespaces are included: "
                + refusal.get().getMessage());
      }
      var gap = planner.lists().gap(type);
      if (gap.isPresent()) {
        return new Outcome.Partial(
            gap.get().why().orElse(Reason.INTERNAL),
            "incomplete list of " + type.name() + ": " + gap.get().words());
      }
    }
    return new Outcome.Collected();
  }

  /// The node's pods; empty if pods could not be listed, which kubectl shows as such.
  private static Optional<List<DescribedPod>> pods(Planner planner, NodeSummary node) {
    return planner.lists().isComplete(ResourceType.PODS)
        ? Optional.of(planner.inventory().podsOn(node.name()))
        : Optional.empty();
  }

  private static LeaseResponse answer(Optional<JsonNode> lease) {
    return lease.isPresent()
        ? new LeaseResponse.Found(lease.get())
        : new LeaseResponse.Failed("not found among the leases in kube-node-lease");
  }

  /// A writer of text.
  @FunctionalInterface
  private interface Text {
    void to(Writer writer) throws IOException;
  }

  private static void write(TaskScope scope, EntryPath path, Planner planner, Text text)
      throws IOException {
    try (var entry = scope.entry(path, planner.window().whole().to(), Long.MAX_VALUE)) {
      var writer = new OutputStreamWriter(entry, StandardCharsets.UTF_8);
      text.to(writer);
      writer.flush();
      entry.commit();
    }
  }
}

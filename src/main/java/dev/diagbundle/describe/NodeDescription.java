package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoSort;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.Times;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// A node and the inputs of its description.
///
/// @param node as the API has it
/// @param pods those bound to the node, in the order of the API; those that have ended may be among
///   them; empty if pods may not be listed
/// @param lease the node's, in `kube-node-lease`
/// @param events at least those about the node; only these are shown
/// @param resourceSlices those of devices at the node, often none
public record NodeDescription(
    JsonNode node,
    Optional<List<DescribedPod>> pods,
    LeaseResponse lease,
    List<DescribedEvent> events,
    List<JsonNode> resourceSlices) {
  private static final String ROLE_PREFIX = "node-role.kubernetes.io/";
  private static final String UNSET = "<unset>";

  /// Appends the text of `kubectl describe node` in the layout of kubectl 1.36. The appendable
  /// stays open.
  ///
  /// @throws IOException only if the appendable does
  public void render(Appendable out, Viewpoint viewpoint) throws IOException {
    var text = new TabbedText(out);
    header(text, viewpoint);
    lease(text, viewpoint);
    conditions(text, viewpoint);
    text.line(0, "Addresses:");
    for (var address : TypedFields.items(node, "status", "addresses")) {
      text.line(1, TypedFields.text(address, "type") + ":", TypedFields.text(address, "address"));
    }
    resources(text, "Capacity:", "capacity");
    resources(text, "Allocatable:", "allocatable");
    ResourceSliceLines.render(text, resourceSlices);
    system(text);
    var status = node.path("status");
    var allocatable = PodResources.amounts(status.path("allocatable"));
    new NodeAllocation(
            allocatable.isEmpty() ? PodResources.amounts(status.path("capacity")) : allocatable)
        .render(text, pods, viewpoint);
    EventLines.render(text, ownEvents(), viewpoint);
    text.finish();
  }

  private void header(TabbedText text, Viewpoint viewpoint) throws IOException {
    var metadata = node.path("metadata");
    text.line(0, "Name:", TypedFields.text(metadata, "name"));
    var roles = roles(metadata.path("labels"));
    text.line(0, "Roles:", roles.isEmpty() ? "<none>" : String.join(",", roles));
    MetadataLines.labels(text, "Labels", metadata.path("labels"));
    MetadataLines.annotations(text, "Annotations", metadata.path("annotations"));
    var created = Times.of(metadata.path("creationTimestamp"));
    text.line(0, "CreationTimestamp:", viewpoint.time(created));
    var taints =
        GoSort.sorted(
                TypedFields.items(node, "spec", "taints"),
                Comparator.<JsonNode, String>comparing(
                    taint ->
                        TypedFields.text(taint, "effect") + "," + TypedFields.text(taint, "key"),
                    GoText.ORDER))
            .stream()
            .map(NodeDescription::taint)
            .toList();
    MetadataLines.list(text, "Taints", taints);
    boolean unschedulable = TypedFields.isTrue(node, "spec", "unschedulable");
    text.line(0, "Unschedulable:", String.valueOf(unschedulable));
  }

  private static TreeSet<String> roles(JsonNode labels) {
    var roles = new TreeSet<String>(GoText.ORDER);
    TypedFields.sorted(labels)
        .forEach((key, value) -> {
          if (key.startsWith(ROLE_PREFIX)) {
            roles.add(key.substring(ROLE_PREFIX.length()));
          } else if (key.equals("kubernetes.io/role")) {
            roles.add(TypedFields.text(value));
          }
        });
    roles.remove("");
    return roles;
  }

  private static String taint(JsonNode taint) {
    var key = TypedFields.text(taint, "key");
    var value = TypedFields.text(taint, "value");
    var effect = TypedFields.text(taint, "effect");
    if (effect.isEmpty()) {
      return value.isEmpty() ? key : key + "=" + value + ":";
    }
    return value.isEmpty() ? key + ":" + effect : key + "=" + value + ":" + effect;
  }

  private void lease(TabbedText text, Viewpoint viewpoint) throws IOException {
    switch (lease) {
      case LeaseResponse.Failed(String error) ->
          text.line(0, "Lease:", "Failed to get lease: " + error);
      case LeaseResponse.Found(JsonNode found) -> {
        var spec = found.path("spec");
        text.line(0, "Lease:");
        boolean held = TypedFields.has(spec, "holderIdentity");
        text.line(1, "HolderIdentity:", held ? TypedFields.text(spec, "holderIdentity") : UNSET);
        text.line(1, "AcquireTime:", timeOrUnset(spec.path("acquireTime"), viewpoint));
        text.line(1, "RenewTime:", timeOrUnset(spec.path("renewTime"), viewpoint));
      }
    }
  }

  private static String timeOrUnset(JsonNode time, Viewpoint viewpoint) {
    return time.isTextual() ? viewpoint.time(Times.of(time)) : UNSET;
  }

  private void conditions(TabbedText text, Viewpoint viewpoint) throws IOException {
    var conditions = TypedFields.items(node, "status", "conditions");
    if (conditions.isEmpty()) {
      return;
    }
    text.line(0, "Conditions:");
    text.line(1, "Type", "Status", "LastHeartbeatTime", "LastTransitionTime", "Reason", "Message");
    text.line(1, "----", "------", "-----------------", "------------------", "------", "-------");
    for (var condition : conditions) {
      // kubectl has a blank before every tab of these rows.
      text.line(
          1,
          TypedFields.text(condition, "type") + " ",
          TypedFields.text(condition, "status") + " ",
          viewpoint.time(Times.of(condition.path("lastHeartbeatTime"))) + " ",
          viewpoint.time(Times.of(condition.path("lastTransitionTime"))) + " ",
          TypedFields.text(condition, "reason") + " ",
          TypedFields.text(condition, "message"));
    }
  }

  private void resources(TabbedText text, String title, String field) throws IOException {
    var amounts = TypedFields.sorted(node, "status", field);
    if (amounts.isEmpty()) {
      return;
    }
    text.line(0, title);
    for (var amount : amounts.entrySet()) {
      var value = Quantity.canonical(TypedFields.text(amount.getValue()));
      text.line(1, amount.getKey() + ":", value);
    }
  }

  private void system(TabbedText text) throws IOException {
    var info = TypedFields.at(node, "status", "nodeInfo");
    text.line(0, "System Info:");
    text.line(1, "Machine ID:", TypedFields.text(info, "machineID"));
    text.line(1, "System UUID:", TypedFields.text(info, "systemUUID"));
    text.line(1, "Boot ID:", TypedFields.text(info, "bootID"));
    text.line(1, "Kernel Version:", TypedFields.text(info, "kernelVersion"));
    text.line(1, "OS Image:", TypedFields.text(info, "osImage"));
    text.line(1, "Operating System:", TypedFields.text(info, "operatingSystem"));
    text.line(1, "Architecture:", TypedFields.text(info, "architecture"));
    text.line(1, "Container Runtime Version:", TypedFields.text(info, "containerRuntimeVersion"));
    text.line(1, "Kubelet Version:", TypedFields.text(info, "kubeletVersion"));
    var spec = node.path("spec");
    optional(text, "PodCIDR:", TypedFields.text(spec, "podCIDR"));
    optional(text, "PodCIDRs:", String.join(",", TypedFields.texts(spec, "podCIDRs")));
    optional(text, "ProviderID:", TypedFields.text(spec, "providerID"));
  }

  private static void optional(TabbedText text, String title, String value) throws IOException {
    if (!value.isEmpty()) {
      text.line(0, title, value);
    }
  }

  /// kubectl requests the events with the node's UID first, then for those with its name instead.
  private List<DescribedEvent> ownEvents() {
    var name = TypedFields.text(node, "metadata", "name");
    var uid = TypedFields.text(node, "metadata", "uid");
    var byUid = new ArrayList<DescribedEvent>();
    var byName = new ArrayList<DescribedEvent>();
    for (var event : events) {
      if (event.subject().isNode(name, uid)) {
        (event.subject().uid().equals(uid) ? byUid : byName).add(event);
      }
    }
    return Stream.concat(byUid.stream(), byName.stream()).toList();
  }
}

package dev.diagbundle.describe;

import static dev.diagbundle.describe.Dice.object;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Nodes with any of what a node may have, and their leases.
record GeneratedNodes(Dice dice) {
  Map<String, Object> node(String name) {
    var metadata = dice.metadata("", name);
    if (dice.once(2)) {
      metadata.put(
          "labels",
          Map.of(
              "node-role.kubernetes.io/worker", "",
              "node-role.kubernetes.io/", "x",
              "kubernetes.io/role", dice.word(),
              "a", "b"));
    }
    return object(
        "metadata", metadata,
        "spec",
            object(
                "podCIDR", dice.maybe(() -> "10.42.0.0/24"),
                "podCIDRs", dice.some(2, () -> "fd01::/64"),
                "providerID", dice.maybe(() -> "kind://x"),
                "unschedulable", dice.maybe(() -> dice.once(2)),
                "taints", taints()),
        "status",
            object(
                "capacity", amounts(),
                "allocatable", dice.maybe(this::amounts),
                "addresses", dice.some(3, () -> object("type", dice.word(), "address", "10.0.0.1")),
                "conditions", dice.some(4, this::condition),
                "nodeInfo",
                    object(
                        "machineID", dice.maybe(dice::text),
                        "systemUUID", "u",
                        "osImage", dice.text(),
                        "kubeletVersion", "v1.36.2",
                        "containerRuntimeVersion", "containerd://2.1")));
  }

  Map<String, Object> lease(String name) {
    return object(
        "metadata", dice.metadata("kube-node-lease", name),
        "spec",
            object(
                "holderIdentity", dice.maybe(() -> name),
                "acquireTime", dice.maybe(() -> "2026-01-02T03:04:05.123456Z"),
                "renewTime", dice.maybe(() -> "2026-01-02T03:04:05.999999Z")));
  }

  private List<Map<String, Object>> taints() {
    return dice.some(
        dice.size(3, 18),
        () ->
            object(
                "key", dice.word(),
                "value", dice.maybe(dice::word),
                "effect", dice.one(List.of("NoSchedule", "NoExecute", "PreferNoSchedule", ""))));
  }

  private Map<String, String> amounts() {
    var amounts = new TreeMap<String, String>();
    amounts.put("cpu", dice.one(List.of("4", "3500m", "0.7", "96")));
    amounts.put("memory", dice.one(List.of("16323028Ki", "64Gi", "7G", "100000000")));
    amounts.put("pods", "110");
    if (dice.once(2)) {
      amounts.put("ephemeral-storage", dice.amount());
      amounts.put("hugepages-2Mi", dice.one(List.of("0", "1Gi")));
      amounts.put("example.com/gpu", "8");
    }
    return amounts;
  }

  private Map<String, Object> condition() {
    return object(
        "type", dice.word(),
        "status", dice.one(List.of("True", "False", "Unknown")),
        "lastHeartbeatTime", dice.maybe(dice::time),
        "lastTransitionTime", dice.time(),
        "reason", dice.word(),
        "message", dice.text());
  }
}

package dev.diagbundle.describe;

import module java.base;

import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.model.Quantity;

/// The resources allocated to the pods of a node: the two tables near the end of its description.
///
/// @param allocatable what the node has for pods
record NodeAllocation(Map<String, Quantity> allocatable) {
  /// Digits after the point that count in percentages.
  private static final int MILLI = 3;

  private static final List<String> STANDARD = List.of("cpu", "memory", "ephemeral-storage");

  void render(TabbedText text, Optional<List<DescribedPod>> pods, Viewpoint viewpoint)
      throws IOException {
    if (pods.isEmpty()) {
      text.line(0, "Pods:", "not authorized");
      return;
    }
    var living = pods.get().stream().filter(pod -> !pod.isTerminated()).toList();
    pods(text, living, viewpoint);
    sums(text, living);
  }

  private void pods(TabbedText text, List<DescribedPod> pods, Viewpoint viewpoint)
      throws IOException {
    text.line(0, "Non-terminated Pods:", "(" + pods.size() + " in total)");
    text.line(
        1,
        "Namespace",
        "Name",
        "",
        "CPU Requests",
        "CPU Limits",
        "Memory Requests",
        "Memory Limits",
        "Age");
    text.line(
        1,
        "---------",
        "----",
        "",
        "------------",
        "----------",
        "---------------",
        "-------------",
        "---");
    for (var pod : pods) {
      var requests = pod.current().requests();
      var limits = pod.current().limits();
      text.line(
          1,
          pod.namespace(),
          pod.name(),
          "",
          share(requests, "cpu"),
          share(limits, "cpu"),
          share(requests, "memory"),
          share(limits, "memory"),
          viewpoint.age(pod.created()));
    }
  }

  private void sums(TabbedText text, List<DescribedPod> pods) throws IOException {
    var requests = new HashMap<String, Quantity>();
    var limits = new HashMap<String, Quantity>();
    for (var pod : pods) {
      PodResources.add(requests, pod.planned().requests());
      PodResources.add(limits, pod.planned().limits());
    }
    text.line(0, "Allocated resources:");
    text.line(0, "  (Total limits may be over 100 percent, i.e., overcommitted.)");
    text.line(1, "Resource", "Requests", "Limits");
    text.line(1, "--------", "--------", "------");
    var shared = new ArrayList<>(STANDARD);
    var counted = new ArrayList<String>();
    for (var name : allocatable.keySet().stream().sorted(GoText.ORDER).toList()) {
      if (name.startsWith("hugepages-")) {
        shared.add(name);
      } else if (!STANDARD.contains(name) && !name.equals("pods")) {
        counted.add(name);
      }
    }
    for (var name : shared) {
      text.line(1, name, share(requests, name), share(limits, name));
    }
    for (var name : counted) {
      text.line(1, name, amount(requests, name).toString(), amount(limits, name).toString());
    }
  }

  private String share(Map<String, Quantity> amounts, String name) {
    var amount = amount(amounts, name);
    long percent = amount.percentOf(amount(allocatable, name), name.equals("cpu") ? MILLI : 0);
    return amount + " (" + percent + "%)";
  }

  private static Quantity amount(Map<String, Quantity> amounts, String name) {
    return amounts.getOrDefault(name, Quantity.ZERO);
  }
}

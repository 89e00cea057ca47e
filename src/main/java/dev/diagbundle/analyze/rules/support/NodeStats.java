package dev.diagbundle.analyze.rules.support;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.model.Fields;

/// A kubelet's statistics of disks, memory and processes (`/stats/summary`): the values that rules
/// compare, and the largest consumers.
///
/// @param disks the disks by kind: `nodefs`, `imagefs`, `containerfs`
/// @param memoryAvailable the available memory in bytes; -1 if it is unknown
/// @param processes the process IDs in use, of at most `maxProcesses`; 0 if it is unknown
/// @param byDisk the pods that use most of the disk, as lines for people
/// @param byMemory the pods that use most of the memory
public record NodeStats(
    String path,
    Map<String, Disk> disks,
    long memoryAvailable,
    long processes,
    long maxProcesses,
    List<String> byDisk,
    List<String> byMemory) {
  private static final int TOP = 5;
  private static final long MEGABYTE = 1L << 20;

  /// @param inodes the number of inodes; 0 if the system has none
  public record Disk(long available, long capacity, long inodesFree, long inodes) {
    public double free() {
      return (double) available / capacity;
    }

    public double freeInodes() {
      return inodes == 0 ? 1 : (double) inodesFree / inodes;
    }
  }

  private record Use(String line, long bytes) {}

  /// Subscribes to the statistics of all nodes; the map has them once the bundle is read.
  public static Map<String, NodeStats> want(Subscriptions interests) {
    var stats = new TreeMap<String, NodeStats>();
    interests.nodeFiles(
        "kubelet/stats-summary.json",
        file -> stats.put(file.node(), read(file.path(), file.tree())));
    return stats;
  }

  /// The statistics as evidence: the file is one line.
  public Evidence saying(String words, List<String> users) {
    var lines = new ArrayList<String>();
    lines.add(words);
    lines.addAll(users);
    return new Evidence(path, 1, 1, lines);
  }

  private static NodeStats read(String path, JsonNode tree) {
    var node = tree.path("node");
    var disks = new TreeMap<String, Disk>();
    addDisk(disks, "nodefs", node.path("fs"));
    addDisk(disks, "imagefs", Fields.at(node, "runtime", "imageFs"));
    addDisk(disks, "containerfs", Fields.at(node, "runtime", "containerFs"));
    var byDisk = new ArrayList<Use>();
    var byMemory = new ArrayList<Use>();
    for (var pod : tree.path("pods")) {
      var name = Fields.text(pod, "podRef", "namespace") + "/" + Fields.text(pod, "podRef", "name");
      keep(byDisk, name, Fields.number(pod, "ephemeral-storage", "usedBytes"));
      keep(byMemory, name, Fields.number(pod, "memory", "workingSetBytes"));
    }
    var memory = Fields.at(node, "memory", "availableBytes");
    return new NodeStats(
        path,
        disks,
        memory.isNumber() ? memory.asLong() : -1,
        Fields.number(node, "rlimit", "curproc"),
        Fields.number(node, "rlimit", "maxpid"),
        lines(byDisk),
        lines(byMemory));
  }

  private static void addDisk(Map<String, Disk> disks, String kind, JsonNode disk) {
    long capacity = Fields.number(disk, "capacityBytes");
    if (capacity > 0 && disk.has("availableBytes")) {
      disks.put(
          kind,
          new Disk(
              Fields.number(disk, "availableBytes"),
              capacity,
              Fields.number(disk, "inodesFree"),
              Fields.number(disk, "inodes")));
    }
  }

  private static void keep(List<Use> uses, String pod, long bytes) {
    if (bytes <= 0) {
      return;
    }
    uses.add(new Use(pod + " uses " + bytes / MEGABYTE + " MiB", bytes));
    if (uses.size() > TOP) {
      uses.remove(uses.stream().min(Comparator.comparingLong(Use::bytes)).orElseThrow());
    }
  }

  private static List<String> lines(List<Use> uses) {
    return uses.stream()
        .sorted(Comparator.comparingLong(Use::bytes).reversed())
        .map(Use::line)
        .toList();
  }
}

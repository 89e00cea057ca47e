package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;

/// The facts about a pod that rules need: small, since a cluster may have tens of thousands.
///
/// @param owner its controller; [ObjectName#NONE] if it has none
/// @param labels its labels as written in the pod
/// @param ready its condition `Ready`, likewise `scheduled` and `sandbox`
///   (`PodReadyToStartContainers`)
/// @param cpu its effective CPU request, in thousandths of a CPU
/// @param memory its effective memory request, in thousandths of a byte
/// @param claims the names of the volume claims that it uses
/// @param place its place in the bundle
public record PodFact(
    ObjectName name,
    String uid,
    String node,
    ObjectName owner,
    Map<String, String> labels,
    Settings settings,
    String phase,
    String reason,
    String message,
    Optional<Instant> created,
    Optional<Instant> deletion,
    Condition ready,
    Condition scheduled,
    Condition sandbox,
    List<ContainerFact> containers,
    long cpu,
    long memory,
    List<String> claims,
    Place place) {
  /// The settings of a pod as a whole.
  ///
  /// @param mirror true if a kubelet created it from a file of its node
  public record Settings(
      String restartPolicy,
      String dnsPolicy,
      String priorityClass,
      boolean hostNetwork,
      boolean mirror) {}

  /// A condition; its status is empty if it is absent.
  public record Condition(String status, String reason, String message, Optional<Instant> since) {
    public static final Condition ABSENT = new Condition("", "", "", Optional.empty());

    public boolean isTrue() {
      return status.equals("True");
    }

    public boolean isFalse() {
      return status.equals("False");
    }
  }

  /// The place of an object in the bundle.
  public record Place(String path, long from, long to) {
    public Evidence saying(String... words) {
      return new Evidence(path, from, to, List.of(words));
    }
  }

  public PodFact {
    labels = Map.copyOf(labels);
    containers = List.copyOf(containers);
    claims = List.copyOf(claims);
  }

  /// Returns whether it has terminated.
  public boolean isOver() {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }

  /// Returns whether the cluster itself relies on it.
  public boolean isSystemCritical() {
    return settings.priorityClass.startsWith("system-");
  }

  /// The path of a container's log in the bundle, below the cluster's folder.
  public String log(String container, boolean previous) {
    return "cluster-resources/pods/logs/"
        + name.namespace()
        + "/"
        + name.name()
        + "/"
        + container
        + (previous ? "-previous.log" : ".log");
  }
}

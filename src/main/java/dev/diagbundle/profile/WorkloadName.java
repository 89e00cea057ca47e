package dev.diagbundle.profile;

import module java.base;

import java.util.regex.Pattern;

/// The name of a workload as in kubectl: `deployment/web`, `sts/db`.
///
/// @param kind as it is spelled in owner references, for example `Deployment`; `Pod` and `Service`
///   too
/// @param name of the object, in any requested namespace
public record WorkloadName(String kind, String name) {
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("pod", "Pod"),
          Map.entry("po", "Pod"),
          Map.entry("deployment", "Deployment"),
          Map.entry("deploy", "Deployment"),
          Map.entry("replicaset", "ReplicaSet"),
          Map.entry("rs", "ReplicaSet"),
          Map.entry("statefulset", "StatefulSet"),
          Map.entry("sts", "StatefulSet"),
          Map.entry("daemonset", "DaemonSet"),
          Map.entry("ds", "DaemonSet"),
          Map.entry("job", "Job"),
          Map.entry("cronjob", "CronJob"),
          Map.entry("cj", "CronJob"),
          Map.entry("replicationcontroller", "ReplicationController"),
          Map.entry("rc", "ReplicationController"),
          Map.entry("service", "Service"),
          Map.entry("svc", "Service"));

  private static final Pattern FORM =
      Pattern.compile("([a-z]+)/([a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?)");

  /// Reads a name; empty if the text is invalid.
  public static Optional<WorkloadName> parse(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches() || !KINDS.containsKey(matcher.group(1))) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkloadName(KINDS.getOrDefault(matcher.group(1), ""), matcher.group(2)));
  }

  @Override
  public String toString() {
    return kind.toLowerCase(Locale.ROOT) + "/" + name;
  }
}

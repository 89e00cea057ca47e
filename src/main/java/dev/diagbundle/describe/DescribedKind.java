package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TabbedText;

/// A kind of objects that have a description of their own, made of the object, of the events about
/// it and of its [Relations]. Nodes and pods need more: see [NodeDescription] and [PodDescription].
public enum DescribedKind {
  DEPLOYMENT("apps", "Deployment"),
  REPLICA_SET("apps", "ReplicaSet"),
  STATEFUL_SET("apps", "StatefulSet"),
  DAEMON_SET("apps", "DaemonSet"),
  JOB("batch", "Job"),
  CRON_JOB("batch", "CronJob"),
  SERVICE("", "Service"),
  PERSISTENT_VOLUME_CLAIM("", "PersistentVolumeClaim");

  private final String group;
  private final String kind;

  DescribedKind(String group, String kind) {
    this.group = group;
    this.kind = kind;
  }

  /// The kind of this name in this API group, which is empty for the core.
  public static Optional<DescribedKind> of(String group, String kind) {
    return Stream.of(values())
        .filter(known -> known.group.equals(group) && known.kind.equals(kind))
        .findFirst();
  }

  /// The name of its API group; empty for the core.
  public String group() {
    return group;
  }

  /// Its name in the API, for example `Deployment`.
  public String kind() {
    return kind;
  }

  /// Returns whether an event is about this object. Use it to find the events once for many
  /// objects.
  public boolean isSubject(JsonNode object, DescribedEvent event) {
    return event.subject().is(kind, object);
  }

  /// Appends the text of `kubectl describe` in the layout of kubectl 1.36. The values of
  /// environment variables are shown as they are. The appendable stays open.
  ///
  /// @param object of this kind, as the API has it
  /// @param events at least those about the object, in the order of the API; only these are shown
  /// @throws IOException only if the appendable does
  public void render(
      JsonNode object,
      List<DescribedEvent> events,
      Relations relations,
      Appendable out,
      Viewpoint viewpoint)
      throws IOException {
    var text = new TabbedText(out);
    lines(text, object, relations, viewpoint);
    var own = events.stream().filter(event -> isSubject(object, event)).toList();
    EventLines.render(text, own, viewpoint);
    text.finish();
  }

  private void lines(TabbedText text, JsonNode object, Relations relations, Viewpoint viewpoint)
      throws IOException {
    switch (this) {
      case DEPLOYMENT -> DeploymentLines.render(text, object, relations, viewpoint);
      case REPLICA_SET -> ReplicaSetLines.render(text, object, relations, viewpoint);
      case STATEFUL_SET -> StatefulSetLines.render(text, object, relations, viewpoint);
      case DAEMON_SET -> DaemonSetLines.render(text, object, relations, viewpoint);
      case JOB -> JobLines.render(text, object, viewpoint);
      case CRON_JOB -> CronJobLines.render(text, object, viewpoint);
      case SERVICE -> ServiceLines.render(text, object, relations);
      case PERSISTENT_VOLUME_CLAIM -> ClaimLines.render(text, object, relations, viewpoint);
    }
  }
}

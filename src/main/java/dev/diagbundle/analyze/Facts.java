package dev.diagbundle.analyze;

import dev.diagbundle.bundle.Item;
import dev.diagbundle.bundle.Manifest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What a bundle tells of one cluster, small enough to be kept for a large one.
public final class Facts {
  private final Manifest manifest;
  private final Map<String, NodeFact> nodes;
  private final List<PodFact> pods;
  private final Map<ObjectName, ObjectName> owners;
  private final Set<ObjectName> alive;
  private final List<ServiceFact> services;
  private final Events events;
  private final Requests requests;
  private final LogTails tails;
  private final ServerDates dates;
  private final Inputs inputs;
  private final String prefix;

  Facts(Reading reading) {
    this.manifest = reading.manifest();
    this.nodes = reading.nodes();
    this.pods = reading.pods();
    this.owners = reading.owners();
    this.services = reading.services();
    this.events = reading.events();
    this.requests = reading.requests();
    this.tails = reading.tails();
    this.dates = reading.dates();
    this.inputs = reading.inputs();
    this.prefix = reading.prefix();
    this.alive =
        pods.stream()
            .filter(pod -> pod.ready().isTrue())
            .map(this::root)
            .collect(java.util.stream.Collectors.toSet());
  }

  /// Everything that a reading gathers.
  record Reading(
      Manifest manifest,
      Map<String, NodeFact> nodes,
      List<PodFact> pods,
      Map<ObjectName, ObjectName> owners,
      List<ServiceFact> services,
      Events events,
      Requests requests,
      LogTails tails,
      ServerDates dates,
      Inputs inputs,
      String prefix) {}

  public Manifest manifest() {
    return manifest;
  }

  /// The version of this cluster's API server; empty if it is not known.
  public String serverVersion() {
    return manifest.run().clusters().stream()
        .filter(part -> part.place().prefix().equals(prefix))
        .map(part -> part.identity().version())
        .findFirst()
        .orElseGet(() -> prefix.isEmpty() ? manifest.run().cluster().version() : "");
  }

  /// The items of this cluster, with what came of them.
  public List<Item> items() {
    return manifest.items().stream()
        .filter(item -> prefix.isEmpty() || item.id().startsWith(prefix))
        .toList();
  }

  /// The paths of this cluster's entries.
  public List<String> paths() {
    return manifest.entries().stream()
        .map(entry -> entry.path().value())
        .filter(path -> path.startsWith(prefix))
        .map(path -> path.substring(prefix.length()))
        .toList();
  }

  /// Whether the bundle has a log of a pod.
  ///
  /// @param pod its namespace and name, as `namespace/name`; of any pod if it is empty
  public boolean hasPodLogs(String pod) {
    var folder = prefix + "cluster-resources/pods/logs/" + (pod.isEmpty() ? "" : pod + "/");
    return manifest.entries().stream().anyMatch(entry -> entry.path().value().startsWith(folder));
  }

  /// How many lines an entry has.
  public long lines(String path) {
    return manifest.entries().stream()
        .filter(entry -> entry.path().value().equals(path))
        .mapToLong(dev.diagbundle.bundle.Entry::lines)
        .findFirst()
        .orElse(0);
  }

  public Collection<NodeFact> nodes() {
    return nodes.values();
  }

  public Optional<NodeFact> node(String name) {
    return Optional.ofNullable(nodes.get(name));
  }

  public List<PodFact> pods() {
    return pods;
  }

  public List<ServiceFact> services() {
    return services;
  }

  public Events events() {
    return events;
  }

  public Requests requests() {
    return requests;
  }

  /// What a pod belongs to in the end: the Deployment of its ReplicaSet, the CronJob of its Job; a
  /// pod that belongs to nothing is its own.
  public ObjectName root(PodFact pod) {
    return pod.owner().equals(ObjectName.NONE) ? pod.name() : root(pod.owner());
  }

  /// What an owner belongs to in the end.
  public ObjectName root(ObjectName owner) {
    // Two steps are the most that Kubernetes makes; a third is for others' controllers.
    var root = owner;
    for (int i = 0; i < 3; i++) {
      root = owners.getOrDefault(root, root);
    }
    return root;
  }

  /// Whether nothing of the pod's owner is ready, or the cluster itself relies on the pod.
  public boolean isOwnerDown(PodFact pod) {
    return pod.isSystemCritical() || !alive.contains(root(pod));
  }

  /// The severity of what keeps a pod from being ready.
  public Severity severity(PodFact pod) {
    return isOwnerDown(pod) ? Severity.CRITICAL : Severity.WARNING;
  }

  /// When the server gave an entry away: against it ages are measured.
  public Instant readAt(String path) {
    return dates.at(path);
  }

  /// When the pod was read.
  public Instant readAt(PodFact pod) {
    return dates.at(pod.place().path());
  }

  /// When the events were read: the newest that an age of an event can be measured against.
  public Instant eventsReadAt(EventFact event) {
    return dates.at(event.evidence().path());
  }

  /// The last lines of a container's log, and where they stand; only of containers that are not
  /// well, and of the first few hundred of these.
  public Optional<Evidence> tail(PodFact pod, String container, boolean previous) {
    return tails.of(prefix + pod.log(container, previous));
  }

  /// Why an input is missing, in words; empty if it is there.
  public Optional<String> missing(Input input) {
    return inputs.missing(input);
  }
}

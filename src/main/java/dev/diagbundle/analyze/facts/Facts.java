package dev.diagbundle.analyze.facts;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.EntryPath;
import java.util.Collection;

/// The facts about one cluster in a bundle, small enough to be kept for a large cluster.
public final class Facts {
  private final BundleContents contents;
  private final Manifest manifest;
  private final Map<String, NodeFact> nodes;
  private final List<PodFact> pods;
  private final Map<ObjectName, ObjectName> owners;
  private final Set<ObjectName> alive;
  private final List<ServiceFact> services;
  private final Events events;
  private final RequestStatistics requests;
  private final LogTails tails;
  private final ServerDates dates;
  private final InputAvailability inputs;
  private final String prefix;
  private final PodIndex index;

  public Facts(Reading reading) {
    this.contents = reading.contents();
    this.manifest = contents.manifest();
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
    this.index = new PodIndex(this);
  }

  /// The results of one pass over a cluster's files.
  public record Reading(
      BundleContents contents,
      Map<String, NodeFact> nodes,
      List<PodFact> pods,
      Map<ObjectName, ObjectName> owners,
      List<ServiceFact> services,
      Events events,
      RequestStatistics requests,
      LogTails tails,
      ServerDates dates,
      InputAvailability inputs,
      String prefix) {}

  public Manifest manifest() {
    return manifest;
  }

  /// The version of this cluster's API server; empty if it is not known.
  public String serverVersion() {
    return part().map(part -> part.identity().version()).orElse("");
  }

  /// The user that collected it; empty if it is not known.
  public String user() {
    return part().map(part -> part.identity().user()).orElse("");
  }

  /// The end of the requested time window.
  public Instant windowEnd() {
    return part().map(Manifest.Part::window).orElse(manifest.run().window()).to();
  }

  /// The manifest's part about this cluster; empty if a bundle was assembled without it.
  private Optional<Manifest.Part> part() {
    return manifest.run().clusterBelow(prefix);
  }

  /// The items of this cluster, with their outcomes.
  public List<Item> items() {
    return prefix.isEmpty()
        ? manifest.items()
        : manifest.items().stream().filter(item -> item.id().startsWith(prefix)).toList();
  }

  /// This cluster's entries.
  public List<Entry> entries() {
    // For one cluster it is the manifest's own list, which is packed: a copy is many times as
    // large.
    return prefix.isEmpty()
        ? manifest.entries()
        : manifest.entries().stream()
            .filter(entry -> entry.path().value().startsWith(prefix))
            .toList();
  }

  /// Returns whether the bundle has a log of a pod.
  ///
  /// @param pod its namespace and name, as `namespace/name`; any pod if it is empty
  public boolean hasPodLogs(String pod) {
    return !below("cluster-resources/pods/logs/" + (pod.isEmpty() ? "" : pod + "/")).isEmpty();
  }

  /// The paths of this cluster's entries that start with this path.
  public Set<String> below(String path) {
    return inputs.below(prefix + path);
  }

  /// A path of this cluster without the cluster's folder.
  public String within(String path) {
    return path.substring(prefix.length());
  }

  /// The number of lines of an entry of this cluster; 0 if it does not exist.
  ///
  /// @param path the path as in [LogLine#path], with the cluster's folder
  public long lines(String path) {
    return contents.find(new EntryPath(path)).map(Entry::lines).orElse(0L);
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

  /// The pods that belong to an object, directly or through other owners.
  public List<PodFact> podsOf(ObjectName owner) {
    return index.of(owner);
  }

  public List<PodFact> podsIn(String namespace) {
    return index.in(namespace);
  }

  public List<ServiceFact> services() {
    return services;
  }

  public Events events() {
    return events;
  }

  public RequestStatistics requests() {
    return requests;
  }

  /// The root owner of a pod: the Deployment of its ReplicaSet, the CronJob of its Job; a pod
  /// without an owner is its own.
  public ObjectName root(PodFact pod) {
    return pod.owner().equals(ObjectName.NONE) ? pod.name() : root(pod.owner());
  }

  /// The root owner of an owner.
  public ObjectName root(ObjectName owner) {
    // Kubernetes has two levels of owners at most; a third is for other controllers.
    var root = owner;
    for (int i = 0; i < 3; i++) {
      root = owners.getOrDefault(root, root);
    }
    return root;
  }

  /// Returns whether no pod of the pod's owner is ready, or the cluster itself relies on the pod.
  public boolean isOwnerDown(PodFact pod) {
    return pod.isSystemCritical() || !alive.contains(root(pod));
  }

  /// The severity of a problem that keeps a pod from being ready.
  public Severity severity(PodFact pod) {
    return isOwnerDown(pod) ? Severity.CRITICAL : Severity.WARNING;
  }

  /// The time at which the server returned an entry; ages are measured against it.
  public Instant readAt(String path) {
    return dates.at(path);
  }

  /// The time at which the pod was read.
  public Instant readAt(PodFact pod) {
    return dates.at(pod.place().path());
  }

  /// The time at which the events were read: the newest against which the age of an event can be
  /// measured.
  public Instant eventsReadAt(EventFact event) {
    return dates.at(event.evidence().path());
  }

  /// The last lines of a container's log, with their place; only for unhealthy containers, and for
  /// the first few hundred of these.
  public Optional<Evidence> tail(PodFact pod, String container, boolean previous) {
    return tails.of(prefix + pod.log(container, previous));
  }

  /// The reason why an input is missing, in words; empty if it is present.
  public Optional<String> missing(CheckInput input) {
    return inputs.missing(input);
  }
}

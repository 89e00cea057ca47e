package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.OkHttpCluster;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.ServerInfo;
import dev.diagbundle.collect.inventory.DescribedObjects;
import dev.diagbundle.collect.inventory.Inventory;
import dev.diagbundle.collect.inventory.Lists;
import dev.diagbundle.collect.inventory.ObjectFilter;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.inventory.RunWindow;
import dev.diagbundle.collect.source.EventsSource;
import dev.diagbundle.collect.source.Planner;
import dev.diagbundle.collect.source.Sources;
import dev.diagbundle.collect.task.Entries;
import dev.diagbundle.collect.task.ImpatientCluster;
import dev.diagbundle.collect.task.ItemRegistry;
import dev.diagbundle.collect.task.NodeLimits;
import dev.diagbundle.collect.task.PlannedTask;
import dev.diagbundle.collect.task.TaskExecutor;
import dev.diagbundle.collect.task.TaskPlanner;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.TimeWindow;
import dev.diagbundle.model.WindowSpec;

/// The part of a run that concerns one cluster: it connects, plans, and collects within the limits.
/// [#connect] and then [#collect] are called once, by one thread; [#stop] may be called from any
/// thread at any time. Its creator closes it.
final class ClusterRun implements Closeable {
  private final CollectRequest request;
  private final ClusterTarget target;
  private final ClusterPlace place;
  private final Clock clock;
  private final ClientOptions manners;
  private final Progress.Listener progress;
  private final ItemRegistry registry;
  private final RequestLog requests;
  private final RequestListener listener = new RequestListener();

  private final Object stopLock = new Object();
  private Optional<String> stopped = Optional.empty();
  private Optional<Thread> connecting = Optional.empty();
  private Optional<TaskExecutor> executor = Optional.empty();

  private Optional<ClusterConnection> connection = Optional.empty();
  private Optional<Cluster> cluster = Optional.empty();
  private Optional<DiagbundleException> failure = Optional.empty();
  private Optional<StorageException> fault = Optional.empty();
  private ServerInfo handshake;
  private TimeWindow window;

  /// @param place of the cluster in the bundle
  /// @param progress listener for all progress, called from many threads
  ClusterRun(
      CollectRequest request,
      ClusterTarget target,
      ClusterPlace place,
      Clock clock,
      Progress.Listener progress,
      ClientOptions manners) {
    this.request = request;
    this.target = target;
    this.place = place;
    this.clock = clock;
    this.manners = manners;
    this.progress =
        isOnly() ? progress : event -> progress.on(new Progress.InCluster(place.folder(), event));
    this.registry = new ItemRegistry(this.progress, request.redaction(), place);
    this.requests = new RequestLog(registry, place);
    this.handshake = ServerInfo.missing(clock);
    this.window = new TimeWindow(handshake.present(), handshake.present().plusMillis(1));
  }

  /// Ends the run early: collected data stays. Only the first call counts.
  ///
  /// @param words for the outcomes of the remaining items
  void stop(String words) {
    synchronized (stopLock) {
      if (stopped.isPresent()) {
        return;
      }
      stopped = Optional.of(words);
      connecting.ifPresent(Thread::interrupt);
      executor.ifPresent(tasks -> tasks.cancel(words));
    }
  }

  /// Waits for the first response, unless the run is stopped before it: the bundle then records
  /// that. Afterwards [#failure] shows whether there is anything to collect from.
  void connect() throws InterruptedException {
    synchronized (stopLock) {
      connecting = Optional.of(Thread.currentThread());
    }
    try {
      // Without a cluster nothing is known about the only one, not even its identity.
      if (isOnly() || !isStopped()) {
        open();
      }
    } catch (InterruptedException | DiagbundleException e) {
      // An interrupt during the reading of a body appears as a read failure.
      if (!isStopped()) {
        if (e instanceof InterruptedException interrupt) {
          throw interrupt;
        }
        failure = Optional.of((DiagbundleException) e);
      }
    } finally {
      synchronized (stopLock) {
        connecting = Optional.empty();
        if (stopped.isPresent()) {
          // The interrupt was for the connection only; the following code writes the bundle.
          Thread.interrupted();
        }
      }
    }
    if (failure.isEmpty()) {
      begin();
    }
  }

  private void open() throws DiagbundleException, InterruptedException {
    var known = target.connector().connect();
    connection = Optional.of(known);
    var opened =
        OkHttpCluster.open(
            known, clock, "diagbundle/" + request.toolVersion(), listener.to(requests), manners);
    cluster = Optional.of(opened);
    if (!isStopped()) {
      handshake = ServerInfo.read(opened, clock);
    }
  }

  private void begin() {
    try {
      window = request.window(handshake.present());
      progress.on(new Progress.Started(identity().name(), window));
    } catch (DiagbundleException e) {
      failure = Optional.of(e);
    }
  }

  /// The reason why there is nothing to collect from; empty if there is something.
  Optional<DiagbundleException> failure() {
    return failure;
  }

  /// The failure of the disk because of which the run ended; empty if there was none.
  Optional<StorageException> fault() {
    return fault;
  }

  ServerInfo handshake() {
    return handshake;
  }

  /// Collects until nothing is left or it is stopped.
  ///
  /// @param atOnce maximum concurrent tasks at this moment
  void collect(BundleWriter bundle, IntSupplier atOnce) throws IOException, InterruptedException {
    var present = handshake.present();
    var entries = new Entries(bundle, request.redaction(), place);
    requests.attach(entries.open(EntryPath.of(RequestLog.NAME), "", present, Long.MAX_VALUE));
    if (failure.isPresent()) {
      missing(outcome(failure.get()));
    } else if (cluster.isEmpty() || (!isOnly() && handshake.isMissing())) {
      missing(new Outcome.Cancelled(words().orElse("")));
    } else {
      new RunEntries(entries, registry, present).write(request, handshake);
      run(cluster.get(), entries, atOnce);
    }
    requests.commit();
    close();
  }

  private void run(Cluster opened, Entries entries, IntSupplier atOnce)
      throws IOException, InterruptedException {
    var limits = request.profile().limits();
    var run =
        new RunWindow(
            window,
            !(request.span() instanceof WindowSpec.OfProfile),
            request.span().hasEnd(),
            Clock.offset(clock, handshake.skew().negated()));
    var described = DescribedObjects.of(request.items(), run);
    var inventory = new Inventory(request.items(), request.selection().namespaces(), described);
    var tasks =
        new TaskExecutor(
            atOnce,
            node -> NodeLimits.of(inventory.node(node), limits.perNode(), manners.queryPause()),
            registry,
            progress,
            manners.ticker(),
            (task, impatient) ->
                new TaskScope(
                    impatient ? new ImpatientCluster(opened) : opened,
                    entries,
                    task.kind(),
                    caller(task, impatient)));
    listener.attach(tasks, inventory.clocks(), handshake.skew());
    var lists =
        new Lists(
            tasks,
            inventory,
            run,
            request.selection().namespaces(),
            new ObjectFilter(request.items()));
    var planned = new TaskPlanner(tasks, registry);
    var planner =
        new Planner(request.profile(), request.selection().nodes(), run, inventory, lists, planned);
    EventsSource.begin(request.items(), lists);
    lists.after(List.of(ResourceType.NODES), () -> Sources.plan(request.items(), planner));
    synchronized (stopLock) {
      executor = Optional.of(tasks);
      stopped.ifPresent(tasks::cancel);
    }
    tasks.run();
    fault = tasks.fault();
    lists
        .unmet()
        .forEach((name, outcome) ->
            planned.note(ItemKind.CLUSTER_DUMP, "", "(namespace " + name + ")", outcome));
    // The state of the tasks is released, as the manifest and the report need the memory.
    listener.detach();
    synchronized (stopLock) {
      executor = Optional.empty();
    }
  }

  private RequestOrigin caller(PlannedTask task, boolean impatient) {
    return new RequestOrigin(
        task.id(),
        task.node(),
        task.retries(),
        impatient ? Optional.of(manners.patience()) : Optional.empty());
  }

  /// A cluster without any data is one item.
  private void missing(Outcome outcome) {
    registry.plan("cluster", ItemKind.CLUSTER, "", target.context());
    registry.end("cluster", outcome, Duration.ZERO);
  }

  private static Outcome outcome(DiagbundleException failure) {
    var reason =
        failure.getCause() instanceof RequestFailedException e ? e.reason() : Reason.UNREACHABLE;
    return new Outcome.Failed(reason, String.valueOf(failure.getMessage()));
  }

  /// The items with their outcomes; called once.
  ///
  /// @param whyOpen cause for the items that have not ended
  Stream<Item> items(String whyOpen) {
    return registry.close(whyOpen);
  }

  /// The cluster's part of the manifest.
  Manifest.Part part() {
    var why = failure.map(e -> String.valueOf(e.getMessage())).orElse("");
    if (why.isEmpty() && !isOnly() && handshake.isMissing()) {
      why = words().orElse("not requested");
    }
    return new Manifest.Part(
        place, identity(), window, handshake.present(), handshake.skew(), registry.redacted(why));
  }

  private Manifest.ClusterIdentity identity() {
    var names = connection.map(ClusterConnection::names);
    return new Manifest.ClusterIdentity(
        names.map(ClusterConnection.Names::cluster).orElse(target.context()),
        names.map(ClusterConnection.Names::context).orElse(target.context()),
        cluster.map(Cluster::server).orElse(""),
        handshake.gitVersion(),
        names.map(ClusterConnection.Names::user).orElse(""));
  }

  /// Ends all requests in flight. May be called again.
  @Override
  public void close() throws IOException {
    try (requests) {
      if (cluster.isPresent()) {
        cluster.get().close();
      }
    }
  }

  private boolean isOnly() {
    return place.equals(ClusterPlace.TOP);
  }

  private boolean isStopped() {
    return words().isPresent();
  }

  private Optional<String> words() {
    synchronized (stopLock) {
      return stopped;
    }
  }
}

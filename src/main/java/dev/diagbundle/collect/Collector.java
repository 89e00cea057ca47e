package dev.diagbundle.collect;

import dev.diagbundle.bundle.BundleWriter;
import dev.diagbundle.bundle.FileOpener;
import dev.diagbundle.bundle.Manifest;
import dev.diagbundle.bundle.StorageException;
import dev.diagbundle.cluster.Caller;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Manners;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.TimeWindow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One run: connects, plans, collects within the limits, and completes the bundle, whatever
/// happened in between. Used once; [#stop] may be called from any thread at any time.
public final class Collector {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// Kept back from the deadline for the manifest and the report.
  private static final Duration COMPLETION = Duration.ofSeconds(2);

  private final CollectRequest request;
  private final Clock clock;
  private final Progress.Listener progress;
  private final ReportRenderer renderer;
  private final FileOpener disk;
  private final Manners manners;
  private final RequestNews news = new RequestNews();

  private final Object stopLock = new Object();
  private Optional<String> stopped = Optional.empty();
  private Optional<Thread> connecting = Optional.empty();
  private Optional<TaskExecutor> executor = Optional.empty();

  /// A collector for one run.
  ///
  /// @param clock the local clock
  /// @param progress is told of everything, from many threads
  public Collector(
      CollectRequest request, Clock clock, Progress.Listener progress, ReportRenderer renderer) {
    this(request, clock, progress, renderer, Manners.USUAL);
  }

  /// A collector for one run.
  ///
  /// @param clock the local clock
  /// @param progress is told of everything, from many threads
  /// @param manners towards the cluster, but for the rate, which the profile's limits say
  public Collector(
      CollectRequest request,
      Clock clock,
      Progress.Listener progress,
      ReportRenderer renderer,
      Manners manners) {
    this(request, clock, progress, renderer, manners, FileOpener.ofDisk());
  }

  Collector(
      CollectRequest request,
      Clock clock,
      Progress.Listener progress,
      ReportRenderer renderer,
      Manners manners,
      FileOpener disk) {
    this.manners = manners.withRequestsPerSecond(request.profile().limits().requestsPerSecond());
    this.disk = disk;
    this.request = request;
    this.clock = clock;
    this.progress = progress;
    this.renderer = renderer;
  }

  /// Ends the run early: what was collected becomes the bundle. Only the first call counts.
  ///
  /// @param cause `deadline`, or the name of a signal
  public void stop(String cause) {
    synchronized (stopLock) {
      if (stopped.isPresent()) {
        return;
      }
      stopped = Optional.of(cause);
      connecting.ifPresent(Thread::interrupt);
      executor.ifPresent(tasks -> tasks.cancel(words(cause)));
    }
    progress.on(new Progress.Interrupted(cause));
  }

  /// Runs.
  ///
  /// @throws DiagbundleException if there is no bundle, and why
  public CollectResult run() throws DiagbundleException, InterruptedException {
    long began = System.nanoTime();
    var ledger = new Ledger(progress, request.redaction());
    var left = request.profile().limits().deadline().minus(COMPLETION);
    try (var _ = new Deadline(left, () -> stop("deadline"));
        var requests = new RequestLog(ledger);
        var cluster =
            request
                .connection()
                .open(clock, "diagbundle/" + request.toolVersion(), news.to(requests), manners)) {
      var handshake = connect(cluster);
      var window = request.window(handshake.present());
      progress.on(new Progress.Started(request.connection().cluster(), window));
      var root = rootFolder(handshake.present());
      var options = request.writerOptions().withOpener(disk);
      var target = request.output().orElse(Path.of(root + request.suffix()));
      try (var bundle = BundleWriter.create(target, root, options)) {
        var entries = new Entries(bundle, request.redaction());
        requests.attach(
            entries.open(EntryPath.of(RequestLog.NAME), "", handshake.present(), Long.MAX_VALUE));
        new RunEntries(entries, ledger, handshake.present()).write(request, handshake);
        var interrupted = collect(cluster, entries, window, handshake.skew(), ledger);
        requests.commit();
        return complete(
            bundle, root, cluster.server(), handshake, window, ledger, interrupted, began);
      } catch (StorageException e) {
        throw new DiagbundleException(
            Problem.failure("cannot write '" + target + "': " + cause(e)), e);
      }
    } catch (IOException e) {
      throw new DiagbundleException(Problem.failure("the run failed: " + e.getMessage()), e);
    }
  }

  /// Waits for the first answer, unless the run is stopped before it: then the bundle will say
  /// that.
  private Handshake connect(Cluster cluster) throws DiagbundleException, InterruptedException {
    synchronized (stopLock) {
      if (stopped.isPresent()) {
        return Handshake.missing(clock);
      }
      connecting = Optional.of(Thread.currentThread());
    }
    try {
      return Handshake.with(cluster, clock);
    } catch (InterruptedException | DiagbundleException e) {
      // The interrupt of a body that is being read comes as a failure to read it.
      synchronized (stopLock) {
        if (stopped.isEmpty()) {
          throw e;
        }
        return Handshake.missing(clock);
      }
    } finally {
      synchronized (stopLock) {
        connecting = Optional.empty();
        if (stopped.isPresent()) {
          // The interrupt was for the connection only; what follows writes the bundle.
          Thread.interrupted();
        }
      }
    }
  }

  private Optional<String> collect(
      Cluster cluster, Entries entries, TimeWindow window, Duration skew, Ledger ledger)
      throws StorageException, InterruptedException {
    var limits = request.profile().limits();
    var inventory = new Inventory(request.items());
    var tasks =
        new TaskExecutor(
            limits.concurrency(),
            node -> LaneRules.of(inventory.node(node), limits.perNode(), manners.queryPause()),
            ledger,
            progress,
            (task, impatient) -> new TaskScope(cluster, entries, caller(task, impatient)));
    news.attach(tasks);
    var lists =
        new Lists(
            tasks, inventory, window, request.namespaces(), new NamespaceChoice(request.items()));
    var planner =
        new Planner(
            request.profile(),
            request.nodes(),
            window,
            !(request.span() instanceof CollectRequest.Span.OfProfile),
            Clock.offset(clock, skew.negated()),
            inventory,
            lists,
            tasks,
            ledger);
    EventsSource.begin(request.items(), lists);
    lists.after(List.of(ResourceType.NODES), () -> Sources.plan(request.items(), planner));
    synchronized (stopLock) {
      executor = Optional.of(tasks);
      stopped.ifPresent(cause -> tasks.cancel(words(cause)));
    }
    tasks.run();
    synchronized (stopLock) {
      return stopped;
    }
  }

  private Caller caller(PlannedTask task, boolean impatient) {
    return new Caller(
        task.id(),
        task.node(),
        task.retries(),
        impatient ? Optional.of(manners.patience()) : Optional.empty());
  }

  private CollectResult complete(
      BundleWriter bundle,
      String root,
      String server,
      Handshake handshake,
      TimeWindow window,
      Ledger ledger,
      Optional<String> interrupted,
      long began)
      throws IOException {
    progress.on(new Progress.Finishing());
    var connection = request.connection();
    var run =
        new Manifest.Run(
            request.toolVersion(),
            request.profile().name(),
            request.command(),
            new Manifest.ClusterIdentity(
                connection.cluster(),
                connection.context(),
                server,
                handshake.gitVersion(),
                connection.user()),
            window,
            handshake.present(),
            handshake.present().plusNanos(System.nanoTime() - began),
            handshake.skew(),
            interrupted,
            root);
    var contents =
        ShorterItems.seal(bundle, run, ledger.items(words(interrupted.orElse("deadline"))));
    var lookFirst = new ArrayList<String>();
    var problem = "";
    try {
      bundle.addReport(out -> lookFirst.addAll(renderer.render(contents, out)));
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      // The report is made from the bundle; without it the bundle is still whole.
      problem = String.valueOf(e.getMessage());
    }
    var file = bundle.finish();
    return new CollectResult(file, Files.size(file), contents.manifest(), lookFirst, problem);
  }

  private String rootFolder(Instant present) {
    var cluster = request.connection().cluster().replaceAll("[^A-Za-z0-9._-]+", "-");
    var name = cluster.length() > 80 ? cluster.substring(0, 80) : cluster;
    return "diagbundle-" + name + "-" + STAMP.format(present);
  }

  /// The disk's own words, without the wrapping.
  private static String cause(StorageException e) {
    return e.getCause() == null
        ? String.valueOf(e.getMessage())
        : String.valueOf(e.getCause().getMessage());
  }

  private static String words(String cause) {
    return cause.equals("deadline")
        ? "the run's deadline was reached"
        : "the run was ended by signal " + cause;
  }
}

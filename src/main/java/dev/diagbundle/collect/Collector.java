package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.archive.FileOpener;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.ReportRenderer;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Progress;
import dev.diagbundle.model.Ticker;

/// One run: it opens the bundle, collects from the clusters in parallel, and completes the bundle,
/// whatever happened in between. Used once; [#stop] may be called from any thread at any time.
public final class Collector {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// The time reserved before the deadline for the manifest and the report.
  private static final Duration COMPLETION = Duration.ofSeconds(2);

  /// The maximum time of the analysis, even if the deadline is far.
  private static final Duration ANALYSIS = Duration.ofMinutes(2);

  /// The maximum time of the analysis after an interrupted run: a user is waiting.
  private static final Duration HASTY_ANALYSIS = Duration.ofSeconds(5);

  private final CollectRequest request;
  private final Progress.Listener progress;
  private final FindingsRenderer findings;
  private final ReportRenderer renderer;
  private final FileOpener disk;
  private final Ticker ticker;
  private final List<ClusterRun> runs;

  private final Object stopLock = new Object();
  private Optional<String> stopped = Optional.empty();

  /// A collector for one run.
  ///
  /// @param clock the local clock
  /// @param progress listener for all progress, called from many threads
  /// @param manners client options for the cluster, except the rate, which the profile's limits
  ///   define
  public Collector(
      CollectRequest request,
      Clock clock,
      Progress.Listener progress,
      FindingsRenderer findings,
      ReportRenderer renderer,
      ClientOptions manners) {
    this(request, clock, progress, findings, renderer, manners, FileOpener.ofDisk());
  }

  Collector(
      CollectRequest request,
      Clock clock,
      Progress.Listener progress,
      FindingsRenderer findings,
      ReportRenderer renderer,
      ClientOptions manners,
      FileOpener disk) {
    this.disk = disk;
    this.ticker = manners.ticker();
    this.request = request;
    this.progress = progress;
    this.findings = findings;
    this.renderer = renderer;
    var paced = manners.withRequestsPerSecond(request.profile().limits().requestsPerSecond());
    var targets = request.targets();
    var places = ClusterFolders.of(targets);
    this.runs =
        IntStream.range(0, targets.size())
            .mapToObj(
                i -> new ClusterRun(request, targets.get(i), places.get(i), clock, progress, paced))
            .toList();
  }

  /// Ends the run early: the collected data becomes the bundle. Only the first call counts.
  ///
  /// @param cause `deadline`, or the name of a signal
  public void stop(String cause) {
    synchronized (stopLock) {
      if (stopped.isPresent()) {
        return;
      }
      stopped = Optional.of(cause);
    }
    runs.forEach(run -> run.stop(words(cause)));
    progress.on(new Progress.Interrupted(cause));
  }

  /// Performs the run.
  ///
  /// @throws DiagbundleException if there is no bundle, with the reason
  public CollectResult run() throws DiagbundleException, InterruptedException {
    long began = ticker.nanos();
    var limits = request.profile().limits();
    try (var _ = new Deadline(limits.deadline().minus(COMPLETION), () -> stop("deadline"));
        var clusters = new ClusterRuns(runs, limits.concurrency())) {
      var first = clusters.begin();
      var root = rootFolder(first);
      var options = request.writerOptions().withOpener(disk);
      var target = request.output().file().orElse(Path.of(root + request.suffix()));
      try (var bundle = BundleWriter.create(target, root, options)) {
        bundle.reserve();
        clusters.collect(bundle);
        Optional<String> interrupted;
        synchronized (stopLock) {
          interrupted = stopped;
        }
        if (fault().isPresent()) {
          interrupted = interrupted.or(() -> Optional.of(Manifest.Run.DISK));
        }
        return complete(bundle, target, root, interrupted, began);
      } catch (StorageException e) {
        throw new DiagbundleException(
            Problem.failure("cannot write '" + target + "': " + e.reason()), e);
      }
    } catch (IOException e) {
      throw new DiagbundleException(Problem.failure("the run failed: " + e.getMessage()), e);
    }
  }

  private CollectResult complete(
      BundleWriter bundle, Path target, String root, Optional<String> interrupted, long began)
      throws IOException {
    progress.on(new Progress.Finishing());
    var whyOpen = words(interrupted.orElse("deadline"));
    var analysis =
        new FindingsEntry(findings, request.redaction(), analysisTime(interrupted, began), ticker);
    var items = Manifest.packed(runs.stream().flatMap(run -> run.items(whyOpen)));
    var limit = request.profile().limits().bundleBytes();
    var limitWords =
        fault().isPresent() ? "a full disk" : "the bundle's limit of " + ByteSize.format(limit);
    var told = TruncatedItems.of(items, bundle.settle(), limitWords);
    var missing = analysis.add(bundle, about(root, interrupted, began), told);
    if (!missing.isEmpty()) {
      told = Manifest.packed(Stream.concat(told.stream(), missing.stream()));
    }
    var contents = ShortenedItems.seal(bundle, about(root, interrupted, began), told);
    var lookFirst = new ArrayList<String>();
    var problem = "";
    try {
      bundle.addReport(out -> lookFirst.addAll(renderer.render(contents, out)));
    } catch (IOException e) {
      // The report is made from the bundle; without it the bundle is still whole.
      problem = String.valueOf(e.getMessage());
    }
    var files = bundle.finish();
    long bytes = 0;
    for (Path file : files) {
      bytes += Files.size(file);
    }
    var name = target.toAbsolutePath().normalize();
    return new CollectResult(name, files, bytes, contents.manifest(), lookFirst, problem);
  }

  /// Returns whether the time for the analysis is up. The analysis always gets one second.
  private BooleanSupplier analysisTime(Optional<String> interrupted, long began) {
    long start = ticker.nanos();
    var deadline = request.profile().limits().deadline();
    var left = deadline.minusNanos(start - began).minus(COMPLETION.dividedBy(2));
    var most = interrupted.isPresent() ? HASTY_ANALYSIS : ANALYSIS;
    long nanos =
        Math.max(COMPLETION.dividedBy(2).toNanos(), Math.min(left.toNanos(), most.toNanos()));
    return () -> {
      long limit = isStopped() ? Math.min(nanos, HASTY_ANALYSIS.toNanos()) : nanos;
      return ticker.nanos() - start > limit;
    };
  }

  private boolean isStopped() {
    synchronized (stopLock) {
      return stopped.isPresent();
    }
  }

  private Manifest.Run about(String root, Optional<String> interrupted, long began) {
    var parts = runs.stream().map(ClusterRun::part).toList();
    var first = parts.stream().filter(Manifest.Part::answered).findFirst().orElse(parts.getFirst());
    return new Manifest.Run(
        request.toolVersion(),
        request.profile().name(),
        request.command(),
        first.identity(),
        first.window(),
        first.started(),
        first.started().plusNanos(ticker.nanos() - began),
        first.clockSkew(),
        interrupted,
        root,
        parts);
  }

  /// The name of the root folder: after the cluster, or after their number.
  private String rootFolder(ClusterRun first) {
    var cluster =
        runs.size() == 1
            ? first.part().identity().name().replaceAll("[^A-Za-z0-9._-]+", "-")
            : runs.size() + "-clusters";
    var name = cluster.length() > 80 ? cluster.substring(0, 80) : cluster;
    return "diagbundle-" + name + "-" + STAMP.format(first.handshake().present());
  }

  /// The failure of the disk that ended the collection; empty if there was none.
  private Optional<StorageException> fault() {
    return runs.stream().flatMap(run -> run.fault().stream()).findFirst();
  }

  private static String words(String cause) {
    return switch (cause) {
      case "deadline" -> "the run's deadline was reached";
      case Manifest.Run.DISK -> "the bundle cannot take more data";
      default -> "the run was stopped by signal " + cause;
    };
  }
}

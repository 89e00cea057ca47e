package dev.diagbundle.rewrite;

import module java.base;

import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.ReportRenderer;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Problem;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.RedactionException;

/// The redaction of a finished bundle: it applies rules to every file and writes the result as
/// another bundle. The original is not changed.
public final class BundleRedactor {
  private static final Set<EntryPath> MADE_ANEW =
      Set.of(BundleLayout.MANIFEST, BundleLayout.REPORT, BundleLayout.CHECKSUMS);

  private final Redaction redaction;
  private final Redaction names;
  private final ReportRenderer renderer;
  private final int workers;

  /// The result of a redaction.
  ///
  /// @param files the new bundle, or its parts
  /// @param replaced number of secrets replaced by this redaction, by rule
  public record Result(List<Path> files, Map<String, Long> replaced) {}

  /// @param redaction of the content of files, outcomes and the command
  /// @param names the rules among them that apply to paths and identifiers too
  /// @param workers maximum number of files processed concurrently
  public BundleRedactor(
      Redaction redaction, Redaction names, ReportRenderer renderer, int workers) {
    this.redaction = redaction;
    this.names = names;
    this.renderer = renderer;
    this.workers = workers;
  }

  /// Writes the other bundle.
  ///
  /// @throws DiagbundleException if the target cannot be written
  /// @throws IOException if a file of the bundle cannot be read, or the disk fails; there is no
  ///   target then
  public Result redact(Bundle source, Path target, WriterOptions options)
      throws DiagbundleException, IOException, InterruptedException {
    var manifest = source.manifest();
    var run = run(manifest.run());
    try (var writer = BundleWriter.create(target, run.rootFolder(), options)) {
      var replaced = copyAll(source, writer);
      var contents = writer.seal(run, manifest.items().stream().map(this::item).toList());
      writer.addReport(out -> renderer.render(contents, out));
      return new Result(writer.finish(), replaced);
    }
  }

  private Map<String, Long> copyAll(Bundle source, BundleWriter writer)
      throws IOException, InterruptedException, DiagbundleException {
    var copies = new ArrayList<Callable<Map<String, Long>>>();
    for (Entry entry : source.files()) {
      if (!MADE_ANEW.contains(entry.path())) {
        copies.add(() -> copy(source, entry, writer));
      }
    }
    var replaced = new TreeMap<String, Long>();
    try (var executor = Executors.newFixedThreadPool(workers)) {
      for (var copy : executor.invokeAll(copies)) {
        copy.get().forEach((rule, count) -> replaced.merge(rule, count, Long::sum));
      }
    } catch (ExecutionException e) {
      throw failure(e);
    }
    return replaced;
  }

  private Map<String, Long> copy(Bundle source, Entry entry, BundleWriter writer)
      throws IOException {
    var path = new EntryPath(names.text(entry.path().value()));
    try (var in = source.open(entry);
        var out = writer.open(path, names.text(entry.item()), entry.modified())) {
      var redacting = redaction.over(out);
      in.transferTo(redacting);
      redacting.finish();
      var counts = redacting.counts();
      var all = new TreeMap<>(entry.redactions());
      counts.forEach((rule, count) -> all.merge(rule, count, Long::sum));
      out.commit(all);
      return counts;
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RedactionException e) {
      throw new IOException("'" + entry.path() + "': " + e.getMessage(), e);
    }
  }

  private Manifest.Run run(Manifest.Run run) {
    return new Manifest.Run(
        run.toolVersion(),
        run.profile(),
        run.command().stream().map(redaction::text).toList(),
        identity(run.cluster()),
        run.window(),
        run.started(),
        run.finished(),
        run.clockSkew(),
        run.interrupted(),
        names.text(run.rootFolder()),
        run.clusters().stream().map(this::part).toList());
  }

  private Manifest.Part part(Manifest.Part part) {
    return new Manifest.Part(
        new ClusterPlace(names.text(part.place().folder())),
        identity(part.identity()),
        part.window(),
        part.started(),
        part.clockSkew(),
        redaction.text(part.failure()));
  }

  private Manifest.ClusterIdentity identity(Manifest.ClusterIdentity identity) {
    return new Manifest.ClusterIdentity(
        redaction.text(identity.name()),
        redaction.text(identity.context()),
        redaction.text(identity.server()),
        identity.version(),
        redaction.text(identity.user()));
  }

  private Item item(Item item) {
    return new Item(
        names.text(item.id()),
        item.kind(),
        names.text(item.node()),
        names.text(item.name()),
        item.outcome().withWords(redaction.text(item.outcome().words())),
        item.receivedBytes(),
        item.took(),
        names.text(item.cluster()));
  }

  private static DiagbundleException failure(ExecutionException failed) throws IOException {
    var cause = failed.getCause();
    if (cause instanceof StorageException e) {
      throw e;
    }
    var why = cause == null ? failed.getMessage() : cause.getMessage();
    return new DiagbundleException(Problem.failure("cannot redact " + why), failed);
  }
}

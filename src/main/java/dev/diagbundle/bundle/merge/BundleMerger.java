package dev.diagbundle.bundle.merge;

import module java.base;

import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.PathClaims;
import dev.diagbundle.bundle.write.WriterOptions;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Problem;

/// A merge of several bundles into one. Contents that have gzip members of their own are copied as
/// they are, and checked on the way; others are recompressed. The bundles are not changed.
public final class BundleMerger {
  private static final Set<EntryPath> MADE_ANEW =
      Set.of(
          BundleLayout.FINDINGS,
          BundleLayout.LOG_PATTERNS,
          BundleLayout.MANIFEST,
          BundleLayout.REPORT,
          BundleLayout.CHECKSUMS);
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  /// A writer of a file from the contents of the bundle.
  @FunctionalInterface
  public interface Derived {
    void write(BundleContents contents, OutputStream out) throws IOException;
  }

  /// The result of a merge.
  ///
  /// @param file the new bundle
  /// @param clusters number of clusters in it
  /// @param files number of files in it, without the closing files
  /// @param equal number of files found more than once, with the same content
  /// @param renamed a sentence for each renamed file
  /// @param lost a sentence for each file that could not be taken
  public record Result(
      Path file, int clusters, int files, int equal, List<String> renamed, List<String> lost) {}

  private final List<Bundle> bundles;
  private final MergedClusters clusters;
  private final Derived findings;
  private final Derived patterns;
  private final Derived report;
  private final PathClaims claims = new PathClaims();
  private final Map<EntryPath, Copied> copied = new HashMap<>();
  private final List<String> renamed = new ArrayList<>();
  private final List<String> lost = new ArrayList<>();
  private int equal;

  private record Copied(String sha256, long bytes) {}

  /// @param bundles at least one, opened with all contents wanted; the caller that opened them
  ///   closes them
  /// @param findings writer of `findings.json`, before the manifest exists
  /// @param patterns writer of `log-patterns.json`, directly after the findings
  /// @param report renderer of the page
  public BundleMerger(List<Bundle> bundles, Derived findings, Derived patterns, Derived report) {
    this.bundles = List.copyOf(bundles);
    this.clusters =
        new MergedClusters(bundles.stream().map(bundle -> bundle.manifest().run()).toList());
    this.findings = findings;
    this.patterns = patterns;
    this.report = report;
    MADE_ANEW.forEach(claims::claim);
  }

  /// Rewrites a bundle, with a report of its own. To be called once.
  ///
  /// @throws DiagbundleException if a file in it is damaged, or the target cannot be written
  /// @throws IOException if the disk fails; the previous target is still there then
  public Result rewrite(Path target) throws DiagbundleException, IOException {
    if (bundles.size() != 1) {
      throw new IllegalStateException("only one bundle can be written anew");
    }
    return write(target, List.of(), WriterOptions.unlimited());
  }

  /// Writes the one bundle. To be called once.
  ///
  /// @param command the words of the command line that requested it
  /// @throws DiagbundleException if the target cannot be written
  /// @throws IOException if the disk fails; there is no target then
  public Result write(Path target, List<String> command, WriterOptions options)
      throws DiagbundleException, IOException {
    var run = run(command);
    try (var writer = BundleWriter.create(target, run.rootFolder(), options)) {
      var items = new MergedItems(clusters);
      for (int i = 0; i < bundles.size(); i++) {
        items.add(i, bundles.get(i).manifest().items());
      }
      for (int i = 0; i < bundles.size(); i++) {
        for (Entry entry : bundles.get(i).files()) {
          if (!MADE_ANEW.contains(entry.path())) {
            copy(i, entry, items.id(i, entry.item()), writer);
          }
        }
      }
      if (command.isEmpty() && !lost.isEmpty()) {
        throw new DiagbundleException(Problem.failure(lost.getFirst()));
      }
      derive(BundleLayout.FINDINGS, findings, writer, run, items.all());
      derive(BundleLayout.LOG_PATTERNS, patterns, writer, run, items.all());
      var contents = writer.seal(run, items.all());
      writer.addReport(out -> report.write(contents, out));
      return new Result(
          writer.finish().getFirst(), clusters.count(), copied.size(), equal, renamed, lost);
    }
  }

  /// An analysis that fails costs its file only.
  private void derive(
      EntryPath path, Derived derived, BundleWriter writer, Manifest.Run run, List<Item> items)
      throws StorageException {
    try (var contents = writer.provisional(run, items);
        var out = writer.open(path, "", run.finished())) {
      derived.write(contents, out);
      out.commit();
    } catch (StorageException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      lost.add("'" + path + "', because the analysis failed: " + e);
    }
  }

  private void copy(int source, Entry entry, String item, BundleWriter writer) throws IOException {
    var bundle = bundles.get(source);
    try {
      var wanted = wanted(source, entry.path());
      var path = free(bundle, entry, wanted);
      if (path.isEmpty()) {
        equal++;
        return;
      }
      var written = copy(bundle, entry, path.get(), item, writer);
      claims.claim(path.get());
      copied.put(path.get(), new Copied(written.sha256(), written.bytes()));
      if (!path.get().equals(wanted)) {
        renamed.add("'" + wanted + "' is there with other content; it is '" + path.get() + "'");
      }
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      lost.add(String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException _) {
      lost.add("'" + entry.path() + "' would have a path that is too long");
    }
  }

  private static Entry copy(
      Bundle bundle, Entry entry, EntryPath path, String item, BundleWriter writer)
      throws IOException {
    var member = bundle.member(entry);
    if (member.isPresent() && entry.bytes() > 0) {
      return writer.copy(path, item, entry, member.get());
    }
    try (var in = bundle.open(entry);
        var out = writer.open(path, item, entry.modified())) {
      in.transferTo(out);
      return out.commit(entry.redactions());
    }
  }

  private EntryPath wanted(int source, EntryPath path) {
    var was = BundleLayout.placeOf(path);
    var place = clusters.place(source, was);
    return place.isEmpty()
        ? path
        : place.get().path(new EntryPath(path.value().substring(was.prefix().length())));
  }

  /// The path for a file, with a number if another has its name; empty if the same content has it.
  private Optional<EntryPath> free(Bundle bundle, Entry entry, EntryPath wanted)
      throws IOException {
    var path = wanted;
    // A file in the place of a folder: all that is below gets another folder.
    var taken = claims.fileAbove(wanted).orElse(wanted.value());
    var sha256 = "";
    for (int number = 2; !claims.isFree(path); number++) {
      var there = copied.get(path);
      if (there != null && there.bytes() == entry.bytes()) {
        sha256 = sha256.isEmpty() ? sha256(bundle, entry) : sha256;
        if (sha256.equals(there.sha256())) {
          return Optional.empty();
        }
      }
      path = new EntryPath(numbered(taken, number) + wanted.value().substring(taken.length()));
    }
    return Optional.of(path);
  }

  /// In a folder, the manifest may be outdated.
  private static String sha256(Bundle bundle, Entry entry) throws IOException {
    if (bundle.form() != Bundle.Form.FOLDER) {
      return entry.sha256();
    }
    try (var in = new DigestInputStream(bundle.open(entry), Checksums.newDigest())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  /// The number precedes the file extension, so that the file still opens with the right program.
  private static String numbered(String path, int number) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.lastIndexOf('.');
    int at = dot > name ? dot : path.length();
    return path.substring(0, at) + "~" + number + path.substring(at);
  }

  private Manifest.Run run(List<String> command) {
    var runs = bundles.stream().map(bundle -> bundle.manifest().run()).toList();
    var parts = clusters.parts();
    var first = parts.stream().filter(Manifest.Part::answered).findFirst().orElse(parts.getFirst());
    return new Manifest.Run(
        runs.getFirst().toolVersion(),
        runs.stream().map(Manifest.Run::profile).distinct().collect(Collectors.joining(", ")),
        command.isEmpty() ? runs.getFirst().command() : command,
        first.identity(),
        first.window(),
        first.started(),
        runs.stream().map(Manifest.Run::finished).max(Instant::compareTo).orElseThrow(),
        first.clockSkew(),
        runs.stream().flatMap(run -> run.interrupted().stream()).findFirst(),
        rootFolder(runs.getFirst(), first.started()),
        parts);
  }

  private String rootFolder(Manifest.Run first, Instant started) {
    if (clusters.areSeveral() && !first.hasSeveral()) {
      return "diagbundle-" + clusters.count() + "-clusters-" + STAMP.format(started);
    }
    return BundleLayout.isFolderName(first.rootFolder())
        ? first.rootFolder()
        : "diagbundle-merged-" + STAMP.format(started);
  }
}

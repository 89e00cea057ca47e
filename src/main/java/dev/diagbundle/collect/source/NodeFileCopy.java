package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodefile.CompressedFile;
import dev.diagbundle.cluster.nodefile.FileTransfer;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;
import java.util.regex.Pattern;

/// The copy of one file of a node into the bundle: first checked, then transferred if it was
/// changed in the window.
///
/// @param silent files of the node that did not answer
record NodeFileCopy(
    ItemSpec.NodeFiles spec,
    Planner planner,
    NodeSummary node,
    NodeFileFilter choice,
    UnresponsiveFiles silent,
    NodeFilesSource.Options options) {
  /// The tolerance for times: headers have whole seconds, and a response takes time.
  private static final Duration GRACE = Duration.ofSeconds(2);

  /// The maximum length of a path: an entry's path may have 3,000 bytes, some of which belong to
  /// the node's name.
  private static final int MAX_PATH_BYTES = 2_500;

  /// The compressed formats that the JDK cannot unpack.
  private static final Pattern COMPRESSED =
      Pattern.compile("\\.(?:xz|zst|bz2|lz4|zip|7z|tgz)$", Pattern.CASE_INSENSITIVE);

  /// Collects the file.
  ///
  /// @return empty if the name is a link to a folder
  Optional<Outcome> collect(LogPath path, TaskScope scope)
      throws IOException, InterruptedException {
    var verdict = silent.verdict(path);
    if (verdict.isPresent()) {
      return verdict;
    }
    Optional<NodeFile> file;
    try {
      file = NodeFile.look(scope.cluster(), node.name(), path, scope.caller(), options.lookIdle());
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.TIMED_OUT && e.status() == 0) {
        return Optional.of(silent.silent(e.getMessage()));
      }
      if (e.reason() == Reason.NOT_FOUND) {
        return Optional.of(
            new Outcome.Skipped(
                Reason.NOT_FOUND, "listed but not found: deleted since, or a dangling link"));
      }
      throw e;
    }
    return file.isPresent() ? Optional.of(collect(file.get(), scope)) : Optional.empty();
  }

  private Outcome collect(NodeFile file, TaskScope scope) throws IOException, InterruptedException {
    var changed = changed(file);
    if (changed.isPresent()
        && changed.get().plus(GRACE).isBefore(planner.window().of(spec).from())) {
      var when = changed.get().truncatedTo(ChronoUnit.SECONDS);
      return new Outcome.Skipped(
          Reason.EMPTY, "not modified in the time window: last modified " + when);
    }
    if (file.bytes() == 0) {
      return new Outcome.Skipped(Reason.EMPTY, "the file is empty");
    }
    return CompressedFile.isNamed(file.path()) ? unpack(file, scope) : transfer(file, scope);
  }

  /// Stores the content of the file, under a name that shows its origin.
  private Outcome unpack(NodeFile file, TaskScope scope) throws IOException, InterruptedException {
    try {
      return scope.collect(
          entry(file.path(), ".txt"),
          file.modified().orElse(planner.window().of(spec).to()),
          planner.itemBytes(spec),
          out ->
              new CompressedFile(node.name(), file, scope.caller())
                  .copyTo(
                      scope.cluster(), new ReadLimit(out, ReadLimit.of(planner.itemBytes(spec)))));
    } catch (ZipException e) {
      // Its name is wrong; its content is plain.
      return transfer(file, scope);
    }
  }

  private Outcome transfer(NodeFile file, TaskScope scope)
      throws IOException, InterruptedException {
    long limit = planner.itemBytes(spec);
    long wanted = Math.min(mostRead(file, limit), spec.tailBytes().orElse(Long.MAX_VALUE));
    return scope.collect(
        entry(file.path(), ""),
        file.modified().orElse(planner.window().of(spec).to()),
        limit,
        out -> {
          var outcome =
              new FileTransfer(
                      scope.cluster(),
                      node.name(),
                      scope.caller(),
                      options.pace(),
                      file,
                      wanted,
                      out)
                  .run();
          return outcome instanceof Outcome.Collected
              ? whatIsLacking(file, wanted).orElse(outcome)
              : outcome;
        });
  }

  /// Maximum bytes read, from the end of the file. Of a file without lines, only the newest bytes
  /// can be kept.
  private static long mostRead(NodeFile file, long limit) {
    return isOpaque(file.path()) ? limit : ReadLimit.of(limit);
  }

  private static boolean isOpaque(LogPath path) {
    return NodeFileFilter.isJournal(path) || COMPRESSED.matcher(path.name()).find();
  }

  private Optional<Outcome> whatIsLacking(NodeFile file, long wanted) {
    boolean cut = wanted < spec.tailBytes().orElse(Long.MAX_VALUE) && wanted < file.bytes();
    if (cut) {
      return Optional.of(
          new Outcome.Partial(
              Reason.LIMIT,
              "only the last %s of %s were read, because of the item's limit"
                  .formatted(ByteSize.format(wanted), ByteSize.format(file.bytes()))));
    }
    if (NodeFileFilter.isJournal(file.path())) {
      return Optional.of(
          new Outcome.Partial(
              Reason.UNSUPPORTED,
              "the file is complete, but a binary journal cannot be redacted: review it"
                  + " (journalctl --file) before sharing the bundle"));
    }
    if (COMPRESSED.matcher(file.path().name()).find()) {
      return Optional.of(
          new Outcome.Partial(
              Reason.UNSUPPORTED,
              "the file is complete, but compressed and therefore not redacted: review it before"
                  + " sharing the bundle"));
    }
    return Optional.empty();
  }

  /// The time when the file was last changed, by the API server's clock: the node's may be wrong.
  private Optional<Instant> changed(NodeFile file) {
    return file.age().map(age -> planner.window().clock().instant().minus(age)).or(file::modified);
  }

  /// @param ending suffix of the file's name on its node
  private EntryPath entry(LogPath path, String ending) {
    var files = EntryPath.of("nodes").child(node.name()).child("files");
    int bytes = 0;
    for (String name : path.text().split("/", -1)) {
      bytes += EntryPath.of("x").child(name).value().getBytes(StandardCharsets.UTF_8).length;
    }
    // A path that is too long becomes one name, which is cut and ends in a hash.
    var name = path.text() + ending;
    return bytes > MAX_PATH_BYTES ? files.child(name) : files.descend(name);
  }
}

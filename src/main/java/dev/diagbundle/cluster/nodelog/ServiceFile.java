package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.Request;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodefile.DirectoryListing;
import dev.diagbundle.cluster.nodefile.FileTransfer;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The log of a service that writes a file instead of journal entries or events, as the kubelet's
/// heuristics find it: `name`, `name.log` or `name/name.log` in the log folder
/// (`heuristicsCopyFileLogs`). It is read by its path, to which the 30 s of a log query do not
/// apply and where a broken transfer resumes; only a file that is not found there is requested by a
/// query.
///
/// Its lines are not cut to the window, because the format of their stamps is unknown: a file that
/// was changed in the window is copied.
record ServiceFile(ServiceLog log) {
  /// Copies the file, or its newest part.
  ///
  /// @param out is not closed
  Outcome copyTo(Cluster cluster, OutputStream out) throws IOException, InterruptedException {
    var name = log.service();
    for (String path : List.of(name, name + ".log", name + "/" + name + ".log")) {
      var file = look(cluster, path);
      if (file.isPresent()) {
        return copy(cluster, file.get(), out);
      }
    }
    return query(cluster, out);
  }

  private Optional<NodeFile> look(Cluster cluster, String path)
      throws IOException, InterruptedException {
    try {
      return NodeFile.look(cluster, log.node(), path, log.caller());
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Outcome copy(Cluster cluster, NodeFile file, OutputStream out)
      throws IOException, InterruptedException {
    Optional<Instant> changed =
        file.age().map(age -> log.clock().instant().minus(age)).or(file::modified);
    if (changed.isPresent() && changed.get().plusSeconds(2).isBefore(log.window().from())) {
      return new Outcome.Skipped(
          Reason.EMPTY,
          "the service's log is the file "
              + file.path().shown()
              + ", which was not modified in the time window");
    }
    if (file.bytes() == 0) {
      return new Outcome.Skipped(
          Reason.EMPTY,
          "the service's log is the file " + file.path().shown() + ", which is empty");
    }
    long most = log.options().maxFileBytes();
    var outcome =
        new FileTransfer(
                cluster, log.node(), log.caller(), FileTransfer.Options.USUAL, file, most, out)
            .run();
    return outcome instanceof Outcome.Collected && file.bytes() > most
        ? new Outcome.Partial(
            Reason.LIMIT,
            "only the last " + ByteSize.format(most) + " of " + ByteSize.format(file.bytes()))
        : outcome;
  }

  private Outcome query(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    var path = LogPath.ROOT.url(log.node()) + "?query=" + Request.value(log.service());
    try (var answer = cluster.fetch(Request.raw(path, log.caller()))) {
      var preview = BodyPrefix.of(answer.body());
      var head = preview.text();
      boolean late = log.limit().mayHaveCut(answer.elapsed());
      if (DirectoryListing.isListing(answer.contentType(), head)) {
        return new Outcome.Failed(
            Reason.INVALID_ANSWER, "the response is a directory listing instead of a log");
      }
      if (preview.isEmpty()) {
        return late
            ? new Outcome.Failed(Reason.TIMED_OUT, "no line within the kubelet's limit of 30 s")
            : new Outcome.Skipped(Reason.EMPTY, "the response is empty");
      }
      var error = ErrorInBody.of(log.service(), head, late, false);
      if (error.isPresent()) {
        return error.get();
      }
      preview.whole().transferTo(out);
      return log.limit().mayHaveCut(answer.elapsed())
          ? new Outcome.Partial(
              Reason.TRUNCATED, "the kubelet cut off the log; its newest lines are missing")
          : new Outcome.Collected();
    }
  }
}

package dev.diagbundle.collect;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.cluster.RequestRecord;
import dev.diagbundle.collect.task.EntryStream;
import dev.diagbundle.collect.task.ItemRegistry;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.redact.RedactionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The writer of `requests.jsonl`: every request to one cluster, one JSON object per line. Safe for
/// use by many threads; its creator closes it.
final class RequestLog implements RequestRecord.Listener, Closeable {
  static final String NAME = "requests.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(RequestLog.class);
  private static final JsonFactory JSON = new JsonFactory();

  private final ItemRegistry registry;
  private final ClusterPlace place;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<RequestRecord> early = new ArrayList<>();
  private Optional<EntryStream> entry = Optional.empty();
  private Optional<IOException> failure = Optional.empty();
  private Optional<RedactionException> refusal = Optional.empty();
  private boolean closed;

  /// A log that keeps its first records until there is an entry to write them to.
  ///
  /// @param place of the cluster that the requests go to
  RequestLog(ItemRegistry registry, ClusterPlace place) {
    this.registry = registry;
    this.place = place;
  }

  /// Sets the entry, which is closed with this log.
  void attach(EntryStream requests) {
    lock.lock();
    try {
      entry = Optional.of(requests);
      early.forEach(this::write);
      early.clear();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void on(RequestRecord request) {
    registry.received(request.caller().item(), request.bytes());
    LOG.debug(
        "GET {} -> {}, {} bytes in {} ms, {}",
        request.path(),
        request.status(),
        request.bytes(),
        request.took().toMillis(),
        request.end().label());
    lock.lock();
    try {
      write(request);
    } finally {
      lock.unlock();
    }
  }

  private void write(RequestRecord request) {
    if (closed || failure.isPresent() || refusal.isPresent()) {
      return;
    }
    if (entry.isEmpty()) {
      early.add(request);
      return;
    }
    try {
      entry.get().write(line(request));
    } catch (IOException e) {
      failure = Optional.of(e);
    } catch (RedactionException e) {
      refusal = Optional.of(e);
    }
  }

  /// Completes the entry. If the bundle has no room for it, that is an item of its own.
  ///
  /// @throws IOException if a line could not be written, now or before
  void commit() throws IOException {
    lock.lock();
    try {
      closed = true;
      if (failure.isPresent()) {
        throw failure.get();
      }
      if (refusal.isPresent()) {
        throw refusal.get();
      }
      if (entry.isPresent()) {
        entry.get().commit();
      }
    } catch (StorageException e) {
      missing(new Outcome.Failed(Reason.LIMIT, e.reason()));
    } catch (OverBudgetException e) {
      missing(new Outcome.Skipped(Reason.LIMIT, "no space for the list of requests"));
    } catch (RedactionException e) {
      missing(new Outcome.Failed(Reason.INTERNAL, String.valueOf(e.getMessage())));
    } finally {
      lock.unlock();
    }
  }

  /// Records the log as missing: the bundle is complete without it.
  private void missing(Outcome outcome) {
    var id = "run/" + NAME;
    registry.plan(id, ItemKind.RUN, "", NAME);
    registry.end(id, outcome, Duration.ZERO);
  }

  @Override
  public void close() throws IOException {
    if (entry.isPresent()) {
      entry.get().close();
    }
  }

  private byte[] line(RequestRecord request) throws IOException {
    var text = new java.io.StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("time", request.time().toString());
      json.writeStringField("method", "GET");
      json.writeStringField("url", request.path());
      json.writeNumberField("status", request.status());
      json.writeStringField("contentType", request.contentType());
      json.writeStringField("serverDate", request.serverDate());
      json.writeNumberField("durationMillis", request.took().toMillis());
      json.writeNumberField("bytes", request.bytes());
      json.writeNumberField("attempt", request.attempt());
      json.writeStringField("result", request.end().label());
      json.writeStringField("node", request.caller().node());
      json.writeStringField("item", place.item(request.caller().item()));
      json.writeEndObject();
    }
    return text.append("\n").toString().getBytes(StandardCharsets.UTF_8);
  }
}

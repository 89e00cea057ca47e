package dev.diagbundle.cluster;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.Reason;

/// A list of API objects, read in chunks and object by object: no more than one object is in
/// memory.
///
/// Chunks follow the API's `limit` and `continue`. If the snapshot has expired (410, see
/// "Retrieving large results sets in chunks" in the API concepts of the Kubernetes documentation),
/// the list continues from the token in that response, or else once from its start, skipping the
/// objects that were delivered before. So no object is delivered twice and nothing already
/// delivered has to be undone.
public final class ObjectList {
  /// Objects per chunk, the same as kubectl's.
  private static final int CHUNK = 500;

  private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

  private final Cluster cluster;
  private final Visitor visitor;
  private String lastKey = "";
  private String skipTo = "";
  private long delivered;

  /// Receiver of the objects of a list.
  @FunctionalInterface
  public interface Visitor {
    /// @param object without its kind and apiVersion, as items of lists are
    void object(JsonNode object) throws IOException, InterruptedException;
  }

  private ObjectList(Cluster cluster, Visitor visitor) {
    this.cluster = cluster;
    this.visitor = visitor;
  }

  /// Reads the whole list.
  ///
  /// @param path of the collection, for example `/api/v1/pods`, with or without a query
  /// @return the number of objects delivered
  /// @throws RequestFailedException if the server refuses, or its response is not a list
  /// @throws BrokenListException if objects were delivered before an error
  /// @throws IOException as thrown by the visitor
  public static long read(Cluster cluster, String path, RequestOrigin caller, Visitor visitor)
      throws IOException, InterruptedException {
    return new ObjectList(cluster, visitor).readAll(path, caller);
  }

  /// A failure within a list: the objects delivered before are valid, the rest is missing.
  public static final class BrokenListException extends IOException {
    private static final long serialVersionUID = 1L;
    private final long delivered;
    private final Reason reason;

    BrokenListException(long delivered, RequestFailedException cause) {
      super(cause.getMessage(), cause);
      this.delivered = delivered;
      this.reason = cause.reason();
    }

    public long delivered() {
      return delivered;
    }

    public Reason reason() {
      return reason;
    }
  }

  /// An exception of the visitor, which is no failure of the server and is rethrown as it is.
  private static final class VisitorException extends IOException {
    private static final long serialVersionUID = 1L;
    private final IOException failure;

    VisitorException(IOException failure) {
      super(failure);
      this.failure = failure;
    }
  }

  private long readAll(String path, RequestOrigin caller) throws IOException, InterruptedException {
    var first = path + (path.contains("?") ? "&" : "?") + "limit=" + CHUNK;
    var token = "";
    boolean restarted = false;
    while (true) {
      var url = token.isEmpty() ? first : first + "&continue=" + Request.value(token);
      try (var answer = cluster.get(Request.json(url, caller))) {
        if (answer.status() == 410) {
          var next = goOn(answer);
          // A server whose snapshots expire at once would be requested forever.
          if (next.equals(token) || (next.isEmpty() && restarted)) {
            throw new RequestFailedException(
                Reason.INVALID_ANSWER, 410, "the list expired on the server while it was read");
          }
          restarted |= next.isEmpty();
          token = next;
          continue;
        }
        if (!answer.isSuccess()) {
          throw ErrorClassifier.of(answer);
        }
        var next = readChunk(answer);
        if (!next.isEmpty() && next.equals(token)) {
          throw new RequestFailedException(
              Reason.INVALID_ANSWER,
              answer.status(),
              "the list does not end: its continue token repeats");
        }
        token = next;
      } catch (VisitorException e) {
        throw e.failure;
      } catch (IOException e) {
        var refusal = ErrorClassifier.of(e);
        throw delivered > 0 ? new BrokenListException(delivered, refusal) : refusal;
      }
      if (token.isEmpty()) {
        return delivered;
      }
    }
  }

  /// The token of a 410 response, or none, in which case the objects delivered before are skipped.
  private String goOn(Response gone) throws IOException {
    var text =
        new String(gone.body().readNBytes(ErrorClassifier.MAX_ERROR_BYTES), StandardCharsets.UTF_8);
    var token =
        ErrorClassifier.statusOf(text)
            .map(status -> status.path("metadata").path("continue").asText(""))
            .orElse("");
    if (token.isEmpty()) {
      skipTo = lastKey;
    }
    return token;
  }

  private String readChunk(Response answer) throws IOException, InterruptedException {
    var token = "";
    boolean list = false;
    try (JsonParser parser = JSON.getFactory().createParser(answer.body())) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAList(answer);
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var field = parser.currentName();
        parser.nextToken();
        if (field.equals("items") && parser.currentToken() == JsonToken.START_ARRAY) {
          list = true;
          readItems(parser);
        } else if (field.equals("metadata")) {
          JsonNode metadata = JSON.readTree(parser);
          token = metadata.path("continue").asText("");
        } else {
          parser.skipChildren();
        }
      }
      list |=
          parser.currentToken() == JsonToken.END_OBJECT && answer.contentType().contains("json");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new RequestFailedException(
          Reason.INVALID_ANSWER, answer.status(), "not JSON: " + e.getOriginalMessage());
    }
    if (!list) {
      throw notAList(answer);
    }
    answer.drain();
    return token;
  }

  private void readItems(JsonParser parser) throws IOException, InterruptedException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      JsonNode object = JSON.readTree(parser);
      var metadata = object.path("metadata");
      // The order of etcd's keys, in which the API server lists (KEP-365).
      var key = metadata.path("namespace").asText("") + "/" + metadata.path("name").asText("");
      if (!skipTo.isEmpty() && key.compareTo(skipTo) <= 0) {
        continue;
      }
      visit(object);
      lastKey = key;
      delivered++;
    }
  }

  private void visit(JsonNode object) throws IOException, InterruptedException {
    try {
      visitor.object(object);
    } catch (IOException e) {
      throw new VisitorException(e);
    }
  }

  private static RequestFailedException notAList(Response answer) {
    return new RequestFailedException(
        Reason.INVALID_ANSWER,
        answer.status(),
        "the response is not an object list but " + answer.contentType());
  }
}

package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Reason;
import okhttp3.Call;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;

/// The calls of OkHttp in flight, each on the thread of its caller, within the limits of its
/// request. Safe for use by many threads.
final class HttpCalls implements Closeable {
  private static final MediaType JSON = MediaType.get("application/json");

  private final ClusterConnection connection;
  private final Optional<ProxyServer> proxy;
  private final String userAgent;
  private final ClientOptions options;
  private final Set<Call> open = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  HttpCalls(
      ClusterConnection connection,
      Optional<ProxyServer> proxy,
      String userAgent,
      ClientOptions options) {
    this.connection = connection;
    this.proxy = proxy;
    this.userAgent = userAgent;
    this.options = options;
  }

  /// Sends one attempt of a request and returns its response, whatever its status.
  ///
  /// @param posted the body of a POST
  /// @throws RequestFailedException if there was no response
  Response send(
      OkHttpClient client, Response.Sent sent, Credential credential, Optional<String> posted)
      throws RequestFailedException, InterruptedException {
    if (Thread.interrupted()) {
      throw cancelled(sent);
    }
    var stage = new CallStage();
    var call = client.newCall(request(sent.call(), credential, posted, stage));
    open.add(call);
    boolean answered = false;
    var patience = new Patience(call, sent.call().caller().patience());
    try {
      if (closed) {
        throw new IOException("the client is closed");
      }
      var response = call.execute();
      if (!patience.end()) {
        throw new SocketTimeoutException("timeout");
      }
      sent.dated(response.code(), Objects.requireNonNullElse(response.header("Date"), ""));
      sent.listener().answered(sent.call().caller(), response.code());
      var answer =
          new Response(
              sent,
              response.code(),
              response.headers().toMultimap(),
              plain(response),
              whole -> end(call, whole));
      answered = true;
      return answer;
    } catch (IOException e) {
      if (Thread.interrupted()) {
        throw cancelled(sent);
      }
      var failure = failure(sent.call(), stage.stage(), !patience.end(), e);
      sent.record(
          0,
          "",
          "",
          0,
          failure.reason() == Reason.TIMED_OUT
              ? RequestRecord.End.TIMED_OUT
              : RequestRecord.End.NO_ANSWER);
      throw failure;
    } catch (RuntimeException | Error e) {
      sent.record(0, "", "", 0, RequestRecord.End.NO_ANSWER);
      throw e;
    } finally {
      patience.end();
      if (!answered) {
        end(call, false);
      }
    }
  }

  private static InterruptedException cancelled(Response.Sent sent) {
    sent.record(0, "", "", 0, RequestRecord.End.CANCELLED);
    return new InterruptedException();
  }

  private okhttp3.Request request(
      Request call, Credential credential, Optional<String> posted, CallStage stage)
      throws RequestFailedException {
    var headers = new Headers.Builder().set("User-Agent", userAgent);
    for (var header : connection.headers()) {
      headers.addUnsafeNonAscii(header.name(), header.value());
    }
    if (!connection.compression()) {
      headers.set("Accept-Encoding", "identity");
    }
    call.headers().forEach(headers::set);
    if (credential.authorization().isPresent()) {
      try {
        headers.set("Authorization", credential.authorization().get());
      } catch (IllegalArgumentException e) {
        throw new RequestFailedException(
            Reason.FORBIDDEN, 0, "the credentials contain characters that no header can contain");
      }
    }
    var request =
        new okhttp3.Request.Builder()
            .url(HttpUrl.get(connection.server() + call.path()))
            .headers(headers.build())
            .tag(CallStage.class, stage)
            .tag(Duration.class, call.idle().orElse(options.silence()));
    posted.ifPresent(
        json -> request.post(RequestBody.create(json.getBytes(StandardCharsets.UTF_8), JSON)));
    return request.build();
  }

  /// The body, decompressed also if the other side compresses despite the request for the identity
  /// encoding: OkHttp decompresses only if the request has no such header.
  private static InputStream plain(okhttp3.Response response) throws IOException {
    var body = response.body().byteStream();
    return "gzip".equalsIgnoreCase(response.header("Content-Encoding"))
        ? new GZIPInputStream(body)
        : body;
  }

  /// @param late whether the call was ended for want of patience
  private RequestFailedException failure(
      Request call, CallStage.Stage stage, boolean late, IOException cause) {
    if (late) {
      return silent(call.caller().patience().orElse(options.silence()), cause);
    }
    if (cause instanceof RequestFailedException failure) {
      return failure;
    }
    var words = ConnectFailure.words(cause, connection.tls().serverName());
    return switch (stage) {
      case CONNECTED ->
          ErrorClassifier.isTimeout(cause)
              ? silent(call.idle().orElse(options.silence()), cause)
              : ErrorClassifier.of(cause);
      case CONNECTING ->
          new RequestFailedException(
              Reason.UNREACHABLE,
              proxy.map(server -> "proxy " + server + ": " + words).orElse(words),
              cause);
      case SECURING -> new RequestFailedException(Reason.UNREACHABLE, words, cause);
    };
  }

  private static RequestFailedException silent(Duration waited, IOException cause) {
    return new RequestFailedException(
        Reason.TIMED_OUT, "no response within " + DurationText.format(waited), cause);
  }

  /// Ends a call: one that is not whole with its connection, which has something unread on it.
  private void end(Call call, boolean whole) {
    open.remove(call);
    if (!whole) {
      call.cancel();
    }
  }

  @Override
  public void close() {
    closed = true;
    open.forEach(Call::cancel);
  }
}

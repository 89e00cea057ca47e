package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.cluster.socket.ChannelSockets;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;
import javax.net.SocketFactory;
import okhttp3.HttpUrl;

/// A [Cluster] over OkHttp. Each request is sent on the thread of its caller, which also reads the
/// response from the connection: nothing is read ahead, and an interrupt of that thread ends the
/// exchange. [RetryRules] decides on retries, [RateLimiter] and [ClientOptions] on rate and
/// timeouts, and a body may take as long as it flows.
///
/// HTTP/1.1 only: see decision 14.
public final class OkHttpCluster implements Cluster {
  private final String server;
  private final HttpClients clients;
  private final CredentialSource credentials;
  private final HttpCalls calls;
  private final Clock clock;
  private final RequestRecord.Listener listener;
  private final ClientOptions options;
  private final RateLimiter pace;

  private OkHttpCluster(
      ClusterConnection connection,
      HttpClients clients,
      HttpCalls calls,
      Clock clock,
      RequestRecord.Listener listener,
      ClientOptions options) {
    this.server = connection.server();
    this.clients = clients;
    this.credentials = connection.credentials();
    this.calls = calls;
    this.clock = clock;
    this.listener = listener;
    this.options = options;
    this.pace = new RateLimiter(options.requestsPerSecond(), options.ticker());
  }

  /// Opens a client of the API server; sends nothing to it, but asks for the credentials, which may
  /// run a plugin. The caller closes it.
  ///
  /// @param listener called for every request, on any thread
  /// @throws DiagbundleException if certificates or keys cannot be read, or there are no
  ///   credentials
  public static Cluster open(
      ClusterConnection connection,
      Clock clock,
      String userAgent,
      RequestRecord.Listener listener,
      ClientOptions options)
      throws DiagbundleException, InterruptedException {
    return open(connection, clock, userAgent, listener, options, new ChannelSockets());
  }

  /// As the other one, over other plain sockets.
  static Cluster open(
      ClusterConnection connection,
      Clock clock,
      String userAgent,
      RequestRecord.Listener listener,
      ClientOptions options,
      SocketFactory sockets)
      throws DiagbundleException, InterruptedException {
    if (HttpUrl.parse(connection.server()) == null) {
      throw new DiagbundleException(
          Problem.usage(
              "server '"
                  + connection.server()
                  + "' of cluster '"
                  + connection.names().cluster()
                  + "' is not a URL of http or https"));
    }
    var clients = new HttpClients(connection, options, sockets);
    clients.of(connection.credentials().current());
    var calls = new HttpCalls(connection, clients.proxy(), userAgent, options);
    return new OkHttpCluster(connection, clients, calls, clock, listener, options);
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Ticker ticker() {
    return options.ticker();
  }

  @Override
  public Response get(Request call) throws IOException, InterruptedException {
    return exchange(call, Optional.empty());
  }

  @Override
  public Response ask(AccessReview review, RequestOrigin caller)
      throws IOException, InterruptedException {
    return exchange(Request.json(AccessReview.PATH, caller), Optional.of(review.json()));
  }

  private Response exchange(Request call, Optional<String> posted)
      throws IOException, InterruptedException {
    boolean renewed = false;
    for (int attempt = 1; ; attempt++) {
      pace.await();
      var credential = credential(credentials::current);
      var sent =
          new Response.Sent(call, attempt, clock.instant(), ticker().nanos(), ticker(), listener);
      int failures = renewed ? attempt - 1 : attempt;
      try {
        var answer = calls.send(client(credential), sent, credential, posted);
        if (answer.status() < 400) {
          return answer;
        }
        byte[] body;
        try (answer) {
          body = answer.body().readNBytes(ErrorClassifier.MAX_ERROR_BYTES);
        }
        if (!renewed && isRejected(answer) && credential(() -> credentials.renew(credential))) {
          renewed = true;
          continue;
        }
        var text = new String(body, StandardCharsets.UTF_8);
        var refusal = ErrorClassifier.of(answer.status(), call.path(), text);
        if (!waited(sent, refusal, failures, retryAfter(answer))) {
          return answer.replayed(new ByteArrayInputStream(body));
        }
      } catch (IOException e) {
        var refusal = ErrorClassifier.of(e);
        if (!waited(sent, refusal, failures, Optional.empty())) {
          throw refusal;
        }
      }
    }
  }

  @Override
  public void close() {
    calls.close();
    clients.close();
  }

  /// Returns whether the API server rejected the credentials. A kubelet rejects those of the API
  /// server, which is another matter.
  private static boolean isRejected(Response answer) {
    return answer.status() == 401
        && (!Request.goesToKubelet(answer.path())
            || answer.contentType().startsWith("application/json"));
  }

  private okhttp3.OkHttpClient client(Credential credential) throws RequestFailedException {
    try {
      return clients.of(credential);
    } catch (DiagbundleException e) {
      throw withoutCredentials(e);
    }
  }

  private interface Asked<T> {
    T ask() throws DiagbundleException, InterruptedException;
  }

  private static <T> T credential(Asked<T> asked)
      throws RequestFailedException, InterruptedException {
    try {
      return asked.ask();
    } catch (DiagbundleException e) {
      throw withoutCredentials(e);
    }
  }

  private static RequestFailedException withoutCredentials(DiagbundleException cause) {
    return new RequestFailedException(Reason.FORBIDDEN, String.valueOf(cause.getMessage()), cause);
  }

  /// Waits for the next attempt, if there is one. A log query that may still be running is not
  /// started a second time.
  private boolean waited(
      Response.Sent sent,
      RequestFailedException refusal,
      int failures,
      Optional<Duration> retryAfter)
      throws InterruptedException {
    boolean running = RetryRules.mayStillRun(refusal);
    var delay = RetryRules.delay(refusal, failures, sent.call().caller(), retryAfter);
    if (delay.isPresent()) {
      var left = running ? sent.left() : Duration.ZERO;
      ticker().sleep(left.compareTo(delay.get()) > 0 ? left : delay.get());
    } else if (running) {
      sent.leftBehind();
    }
    return delay.isPresent();
  }

  private Optional<Duration> retryAfter(Response answer) {
    return answer
        .header("Retry-After")
        .flatMap(
            text -> RetryRules.retryAfter(text, answer.serverDate().orElseGet(clock::instant)));
  }
}

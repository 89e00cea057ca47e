package dev.diagbundle.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A [Cluster] over fabric8's HTTP client with OkHttp, which brings TLS, client certificates,
/// tokens and their refresh, and proxies. Its own retries and its limit on the duration of a
/// request are off: [RetryRules] decides, and a body may take as long as it flows.
final class ApiServer implements Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

  /// Longer than the kubelet's 30 s for a log query that sends nothing before its end.
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(45);

  /// Carries [Call#idle] through fabric8's request, which knows only a limit on the whole exchange.
  /// It is taken off before the request is sent.
  private static final String IDLE_HEADER = "Diagbundle-Idle-Millis";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  private final String server;
  private final HttpClient http;
  private final OpenCalls calls = new OpenCalls();
  private final Clock clock;
  private final RequestRecord.Listener listener;

  ApiServer(Config config, Clock clock, RequestRecord.Listener listener) {
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) CONNECT_TIMEOUT.toMillis());
    // A user name and password in the URL are no part of the server's name.
    this.server = config.getMasterUrl().replaceAll("/+$", "").replaceFirst("://[^/@]*@", "://");
    HttpClient.Factory factory = new PatientClientFactory(calls);
    this.http = factory.newBuilder(config).build();
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Answer get(Call call) throws IOException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        var answer = once(call, attempt);
        if (answer.status() < 400) {
          return answer;
        }
        try (answer) {
          var body = answer.body().readNBytes(Refusals.MAX_ERROR_BYTES);
          var refusal = Refusals.of(answer.status(), new String(body, StandardCharsets.UTF_8));
          var delay =
              RetryRules.delay(refusal, attempt, call.caller(), answer.header("Retry-After"));
          if (delay.isEmpty()) {
            return answer.replayed(new ByteArrayInputStream(body));
          }
          Thread.sleep(delay.get());
        }
      } catch (IOException e) {
        var refusal = Refusals.of(e);
        var delay = RetryRules.delay(refusal, attempt, call.caller(), Optional.empty());
        if (delay.isEmpty()) {
          throw refusal;
        }
        Thread.sleep(delay.get());
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }

  private Answer once(Call call, int attempt) throws IOException, InterruptedException {
    var request = http.newHttpRequestBuilder().uri(URI.create(server + call.path()));
    call.headers().forEach(request::setHeader);
    var name = calls.name();
    request.setHeader(OpenCalls.HEADER, name);
    call.idle().ifPresent(idle -> request.setHeader(IDLE_HEADER, Long.toString(idle.toMillis())));
    var sent = new Answer.Sent(call, attempt, clock.instant(), System.nanoTime(), listener);
    var pending = http.sendAsync(request.build(), InputStream.class);
    try {
      HttpResponse<InputStream> response = pending.get();
      return new Answer(
          sent, response.code(), response.headers(), plain(response), whole -> end(name, whole));
    } catch (InterruptedException e) {
      calls.cancel(name);
      pending.cancel(true);
      sent.record(0, "", "", 0, RequestRecord.End.CANCELLED);
      throw e;
    } catch (ExecutionException e) {
      calls.ended(name);
      boolean timeout = Refusals.isTimeout(e);
      sent.record(
          0, "", "", 0, timeout ? RequestRecord.End.TIMED_OUT : RequestRecord.End.NO_ANSWER);
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private void end(String name, boolean whole) {
    if (whole) {
      calls.ended(name);
    } else {
      calls.cancel(name);
    }
  }

  /// The body without its compression, should the other side compress what was asked for as it is:
  /// where that was asked for in words, OkHttp leaves it to us.
  private static InputStream plain(HttpResponse<InputStream> response) throws IOException {
    boolean compressed = "gzip".equals(response.header("Content-Encoding"));
    return compressed ? new GZIPInputStream(response.body()) : response.body();
  }

  /// OkHttp without redirects (the kubelet's file server redirects in ways that loop) and with a
  /// limit on silence instead of one on the whole exchange.
  private static final class PatientClientFactory extends OkHttpClientFactory {
    private final OpenCalls calls;

    PatientClientFactory(OpenCalls calls) {
      this.calls = calls;
    }

    /// As fabric8 makes it, but for what becomes of a failure on its threads: closing a body that
    /// is being read can end in one (OkHttp's time-outs expect a single thread), and that is no
    /// news for the user's terminal.
    @Override
    protected Dispatcher initDispatcher() {
      var threads =
          Thread.ofPlatform()
              .daemon()
              .name("okhttp-", 0)
              .uncaughtExceptionHandler((thread, e) -> LOG.debug("on {}", thread.getName(), e))
              .factory();
      var dispatcher = new Dispatcher(Executors.newCachedThreadPool(threads));
      dispatcher.setMaxRequests(Integer.MAX_VALUE);
      dispatcher.setMaxRequestsPerHost(Integer.MAX_VALUE);
      return dispatcher;
    }

    @Override
    protected void additionalConfig(OkHttpClient.Builder builder) {
      builder
          .followRedirects(false)
          .followSslRedirects(false)
          .readTimeout(IDLE_TIMEOUT)
          .addInterceptor(calls)
          .addInterceptor(PatientClientFactory::withIdle);
    }

    private static Response withIdle(Interceptor.Chain chain) throws IOException {
      var request = chain.request();
      var millis = request.header(IDLE_HEADER);
      if (millis == null) {
        return chain.proceed(request);
      }
      return chain
          .withReadTimeout(Integer.parseInt(millis), TimeUnit.MILLISECONDS)
          .proceed(request.newBuilder().removeHeader(IDLE_HEADER).build());
    }
  }
}

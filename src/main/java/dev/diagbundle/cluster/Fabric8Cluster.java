package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;

/// A [Cluster] over fabric8's HTTP client with OkHttp, which brings TLS, client certificates,
/// tokens and their refresh, and proxies. Its own retries and its limit on the duration of a
/// request are disabled: [RetryRules] decides on retries, [RateLimiter] and [ClientOptions] on rate
/// and timeouts, and a body may take as long as it flows.
final class Fabric8Cluster implements Cluster {
  private final String server;
  private final HttpClient http;
  private final OpenCalls calls = new OpenCalls();
  private final Credentials credentials;
  private final Clock clock;
  private final RequestRecord.Listener listener;
  private final ClientOptions manners;
  private final RateLimiter pace;

  Fabric8Cluster(
      Config config, Clock clock, RequestRecord.Listener listener, ClientOptions manners) {
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) manners.connecting().toMillis());
    // A user name and password in the URL are no part of the server's name.
    this.server = config.getMasterUrl().replaceAll("/+$", "").replaceFirst("://[^/@]*@", "://");
    HttpClient.Factory factory = new StreamingClientFactory(manners.silence(), calls);
    this.credentials = new Credentials(config, factory, manners.ticker());
    this.http =
        factory
            .newBuilder(config)
            .addOrReplaceInterceptor(TokenRefreshInterceptor.NAME, credentials)
            .build();
    this.clock = clock;
    this.listener = listener;
    this.manners = manners;
    this.pace = new RateLimiter(manners.requestsPerSecond(), manners.ticker());
  }

  @Override
  public String server() {
    return server;
  }

  @Override
  public Ticker ticker() {
    return manners.ticker();
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
      int generation = credentials.generation();
      var sent =
          new Response.Sent(call, attempt, clock.instant(), ticker().nanos(), ticker(), listener);
      int failures = renewed ? attempt - 1 : attempt;
      try {
        var answer = once(sent, posted);
        if (answer.status() < 400) {
          return answer;
        }
        byte[] body;
        try (answer) {
          body = answer.body().readNBytes(ErrorClassifier.MAX_ERROR_BYTES);
        }
        if (answer.status() == 401 && !renewed && credentials.generation() != generation) {
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
    http.close();
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

  private Response once(Response.Sent sent, Optional<String> posted)
      throws IOException, InterruptedException {
    var call = sent.call();
    var request = http.newHttpRequestBuilder().uri(URI.create(server + call.path()));
    call.headers().forEach(request::setHeader);
    posted.ifPresent(json -> request.post("application/json", json));
    var name = calls.name();
    request.setHeader(OpenCalls.HEADER, name);
    call.idle().ifPresent(idle -> StreamingClientFactory.limitSilence(request, idle));
    var pending = http.sendAsync(request.build(), InputStream.class);
    try {
      var patience = call.caller().patience();
      HttpResponse<InputStream> response =
          patience.isPresent()
              ? pending.get(patience.get().toNanos(), TimeUnit.NANOSECONDS)
              : pending.get();
      var date = response.header("Date");
      if (date != null) {
        listener.dated(call, response.code(), date, sent.time(), clock.instant());
      }
      listener.answered(call.caller(), response.code());
      return new Response(
          sent, response.code(), response.headers(), plain(response), whole -> end(name, whole));
    } catch (InterruptedException e) {
      calls.cancel(name);
      pending.cancel(true);
      sent.record(0, "", "", 0, RequestRecord.End.CANCELLED);
      throw e;
    } catch (TimeoutException e) {
      calls.cancel(name);
      pending.cancel(true);
      throw silent(sent, call.caller().patience().orElse(manners.silence()), e);
    } catch (ExecutionException e) {
      calls.ended(name);
      if (ErrorClassifier.isTimeout(e)) {
        throw silent(sent, call.idle().orElse(manners.silence()), e);
      }
      sent.record(0, "", "", 0, RequestRecord.End.NO_ANSWER);
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

  private static RequestFailedException silent(
      Response.Sent sent, Duration waited, Exception cause) {
    sent.record(0, "", "", 0, RequestRecord.End.TIMED_OUT);
    return new RequestFailedException(
        Reason.TIMED_OUT, "no response within " + DurationText.format(waited), cause);
  }

  /// The decompressed body, in case the other side compresses despite the request for the identity
  /// encoding: OkHttp decompresses only if the request has no such header.
  private static InputStream plain(HttpResponse<InputStream> response) throws IOException {
    boolean compressed = "gzip".equals(response.header("Content-Encoding"));
    return compressed ? new GZIPInputStream(response.body()) : response.body();
  }
}

package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.Ticker;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.TokenRefreshInterceptor;

/// The credentials of requests, renewed when the API server rejects them (401): from the
/// kubeconfig, its credential plugin, the service account's file, or the identity provider. Safe
/// for use by many threads.
///
/// fabric8 7.8 by itself does more than is wanted here: it renews them at every 401 (also at the
/// kubelet's own, which is unrelated to them), repeats the request unseen, and rereads the
/// kubeconfig each minute, or at each request if there is no token.
final class Credentials extends TokenRefreshInterceptor {
  /// Minimum age before renewal: new credentials that are rejected are no better a moment later.
  private static final Duration MIN_AGE = Duration.ofMinutes(1);

  private static final Instant NEVER = Instant.MAX.minus(1, ChronoUnit.DAYS);

  private final Ticker ticker;
  private final AtomicInteger generation = new AtomicInteger();
  private Optional<Long> tried = Optional.empty();

  Credentials(Config config, HttpClient.Factory factory, Ticker ticker) {
    super(config, factory, NEVER);
    this.ticker = ticker;
  }

  /// The number of renewals so far: a request that was rejected under an earlier number is worth
  /// repeating.
  int generation() {
    return generation.get();
  }

  /// Renews the credentials, and leaves the repetition to the caller.
  @Override
  public CompletableFuture<Boolean> afterFailure(
      BasicBuilder headers, HttpResponse<?> response, RequestTags tags) {
    if (response.code() != 401 || isOfKubelet(response) || !isDue(response)) {
      return CompletableFuture.completedFuture(false);
    }
    var old = response.request().headers(AUTHORIZATION);
    return super.afterFailure(headers, response, tags)
        .thenApply(renewed -> {
          if (renewed && !old.contains("Bearer " + config.getAutoOAuthToken())) {
            generation.incrementAndGet();
          }
          return false;
        });
  }

  /// Returns false if a renewal after another rejection followed this request, or the last one is
  /// too recent.
  private synchronized boolean isDue(HttpResponse<?> response) {
    var current = "Bearer " + config.getAutoOAuthToken();
    if (!response.request().headers(AUTHORIZATION).contains(current)) {
      return false;
    }
    long now = ticker.nanos();
    if (tried.isPresent() && now - tried.get() < MIN_AGE.toNanos()) {
      return false;
    }
    tried = Optional.of(now);
    return true;
  }

  private static boolean isOfKubelet(HttpResponse<?> response) {
    var type = response.header("Content-Type");
    return Request.goesToKubelet(response.request().uri().getRawPath())
        && (type == null || !type.startsWith("application/json"));
  }
}

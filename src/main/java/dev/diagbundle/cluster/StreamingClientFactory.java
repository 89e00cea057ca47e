package dev.diagbundle.cluster;

import module java.base;

import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.okhttp.OkHttpClientFactory;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A factory of OkHttp clients without redirects (the kubelet's file server redirects in ways that
/// loop) and with a limit on silence instead of one on the whole exchange.
final class StreamingClientFactory extends OkHttpClientFactory {
  private static final Logger LOG = LoggerFactory.getLogger(StreamingClientFactory.class);

  /// The header that carries [Request#idle] through fabric8's request, which supports only a limit
  /// on the whole exchange. It is removed before the request is sent.
  private static final String IDLE_HEADER = "Diagbundle-Idle-Millis";

  private final Duration silence;
  private final OpenCalls calls;

  /// @param silence maximum silence, unless a request sets its own
  StreamingClientFactory(Duration silence, OpenCalls calls) {
    this.silence = silence;
    this.calls = calls;
  }

  /// Sets the limit on silence of one request.
  static void limitSilence(HttpRequest.Builder request, Duration idle) {
    request.setHeader(IDLE_HEADER, Long.toString(idle.toMillis()));
  }

  /// As fabric8 creates it, except for failures on its threads: closing a body that is being read
  /// can end in one (OkHttp's time-outs expect a single thread), and that is of no interest on the
  /// user's terminal.
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
        .readTimeout(silence)
        .addInterceptor(calls)
        .addInterceptor(StreamingClientFactory::withIdle);
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

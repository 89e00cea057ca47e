package dev.diagbundle.cli.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/// An API server that authenticates as a real one does, by client certificate, token or basic
/// authentication, and records what it learns of each request. Anonymous requests are refused,
/// except for the version.
final class AccessServer implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Set<String> seen = new ConcurrentSkipListSet<>();

  private AccessServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  static AccessServer plain() throws IOException {
    return new AccessServer(HttpServer.create(new InetSocketAddress(0), 0));
  }

  static AccessServer secure(SSLContext context) throws IOException {
    var server = HttpsServer.create(new InetSocketAddress(0), 0);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var tls = context.getDefaultSSLParameters();
            tls.setWantClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    return new AccessServer(server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /// What the requests since the last call had in common, each fact once.
  Set<String> takeSeen() {
    var facts = new TreeSet<>(seen);
    seen.clear();
    return facts;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var path = exchange.getRequestURI().getPath();
      int api = Math.max(path.indexOf("/api"), path.indexOf("/version"));
      var prefix = api > 0 ? path.substring(0, api) : "";
      var headers = exchange.getRequestHeaders();
      var who = identity(exchange, headers.getFirst("Authorization"));
      seen.add(
          "as %s, prefix '%s', SNI '%s', certificate '%s', compressed %s, impersonated %s"
              .formatted(
                  who,
                  prefix,
                  serverName(exchange),
                  certificate(exchange),
                  String.valueOf(headers.getFirst("Accept-Encoding")).contains("gzip"),
                  impersonation(headers)));
      if (who.equals("nobody")) {
        send(exchange, 401, Map.of("kind", "Status", "code", 401, "reason", "Unauthorized"));
      } else if (path.endsWith("/version")) {
        send(exchange, 200, Map.of("major", "1", "minor", "36", "gitVersion", "v1.36.2"));
      } else if (who.equals("anonymous")) {
        send(exchange, 403, Map.of("kind", "Status", "code", 403, "reason", "Forbidden"));
      } else if (path.endsWith("/selfsubjectreviews")) {
        var status = Map.of("userInfo", Map.of("username", who));
        send(exchange, 201, review("SelfSubjectReview", status));
      } else {
        send(exchange, 404, Map.of("kind", "Status", "code", 404, "reason", "NotFound"));
      }
    }
  }

  private static Map<String, Object> review(String kind, Map<String, ?> status) {
    return Map.of("kind", kind, "apiVersion", "authentication.k8s.io/v1", "status", status);
  }

  private static void send(HttpExchange exchange, int status, Object body) throws IOException {
    var bytes = JSON.writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// As an API server decides: the certificate first, then the header.
  private static String identity(HttpExchange exchange, @Nullable String authorization) {
    var certificate = certificate(exchange);
    if (!certificate.isEmpty()) {
      return certificate + (authorization == null ? "" : " with " + authorization);
    }
    if (authorization == null) {
      return "anonymous";
    }
    if (authorization.startsWith("Bearer good")) {
      return authorization;
    }
    var basic = "Basic " + base64("alice:good");
    return authorization.equals(basic) ? "alice by password" : "nobody";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String certificate(HttpExchange exchange) {
    if (!(exchange instanceof HttpsExchange secure)) {
      return "";
    }
    try {
      Principal peer = secure.getSSLSession().getPeerPrincipal();
      return peer.getName();
    } catch (SSLPeerUnverifiedException _) {
      return "";
    }
  }

  private static String serverName(HttpExchange exchange) {
    if (!(exchange instanceof HttpsExchange secure)
        || !(secure.getSSLSession() instanceof ExtendedSSLSession session)) {
      return "none";
    }
    var names = new ArrayList<String>();
    for (SNIServerName name : session.getRequestedServerNames()) {
      names.add(new String(name.getEncoded(), StandardCharsets.UTF_8));
    }
    return String.join(",", names);
  }

  private static List<String> impersonation(Map<String, List<String>> headers) {
    var all = new TreeSet<String>();
    headers.forEach((name, values) -> {
      if (name.startsWith("Impersonate-")) {
        all.add(name + "=" + values);
      }
    });
    return List.copyOf(all);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}

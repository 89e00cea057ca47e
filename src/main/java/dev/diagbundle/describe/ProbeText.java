package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// A probe of a container in one line.
final class ProbeText {
  // What Go's net/url leaves as it is in a path.
  private static final String PLAIN = "-_.~$&+,/:;=@";

  private ProbeText() {}

  static String of(JsonNode probe) {
    return handler(probe)
        + " delay="
        + JsonFields.number(probe, "initialDelaySeconds")
        + "s timeout="
        + JsonFields.number(probe, "timeoutSeconds")
        + "s period="
        + JsonFields.number(probe, "periodSeconds")
        + "s #success="
        + JsonFields.number(probe, "successThreshold")
        + " #failure="
        + JsonFields.number(probe, "failureThreshold");
  }

  private static String handler(JsonNode probe) {
    if (JsonFields.has(probe, "exec")) {
      return "exec [" + String.join(" ", JsonFields.texts(probe, "exec", "command")) + "]";
    }
    if (JsonFields.has(probe, "httpGet")) {
      return "http-get " + url(probe.path("httpGet"));
    }
    if (JsonFields.has(probe, "tcpSocket")) {
      var socket = probe.path("tcpSocket");
      return "tcp-socket " + JsonFields.text(socket, "host") + ":" + port(socket);
    }
    if (JsonFields.has(probe, "grpc")) {
      var call = probe.path("grpc");
      return "grpc <pod>:"
          + JsonFields.number(call, "port")
          + " "
          + JsonFields.text(call, "service");
    }
    return "unknown";
  }

  private static String url(JsonNode get) {
    var scheme = JsonFields.text(get, "scheme").toLowerCase(Locale.ROOT);
    var host = JsonFields.text(get, "host");
    var path = JsonFields.text(get, "path");
    return (scheme.isEmpty() ? "" : scheme + ":")
        + "//"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port(get)
        + (path.isEmpty() || path.startsWith("/") ? "" : "/")
        + escaped(path);
  }

  private static String port(JsonNode action) {
    return JsonFields.has(action, "port") ? JsonFields.text(action, "port") : "0";
  }

  private static String escaped(String path) {
    var text = new StringBuilder();
    for (byte b : path.getBytes(StandardCharsets.UTF_8)) {
      boolean plain =
          (b >= 'a' && b <= 'z')
              || (b >= 'A' && b <= 'Z')
              || (b >= '0' && b <= '9')
              || PLAIN.indexOf(b) >= 0;
      if (plain) {
        text.append((char) b);
      } else {
        text.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return text.toString();
  }
}

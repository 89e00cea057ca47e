package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TypedFields;

/// A probe of a container in one line.
final class ProbeText {
  // Characters that Go's net/url does not escape in a path.
  private static final String PLAIN = "-_.~$&+,/:;=@";

  private ProbeText() {}

  static String of(JsonNode probe) {
    return handler(probe)
        + " delay="
        + TypedFields.number(probe, "initialDelaySeconds")
        + "s timeout="
        + TypedFields.number(probe, "timeoutSeconds")
        + "s period="
        + TypedFields.number(probe, "periodSeconds")
        + "s #success="
        + TypedFields.number(probe, "successThreshold")
        + " #failure="
        + TypedFields.number(probe, "failureThreshold");
  }

  private static String handler(JsonNode probe) {
    if (TypedFields.has(probe, "exec")) {
      return "exec [" + String.join(" ", TypedFields.texts(probe, "exec", "command")) + "]";
    }
    if (TypedFields.has(probe, "httpGet")) {
      return "http-get " + url(probe.path("httpGet"));
    }
    if (TypedFields.has(probe, "tcpSocket")) {
      var socket = probe.path("tcpSocket");
      return "tcp-socket " + TypedFields.text(socket, "host") + ":" + port(socket);
    }
    if (TypedFields.has(probe, "grpc")) {
      var call = probe.path("grpc");
      return "grpc <pod>:"
          + TypedFields.number(call, "port")
          + " "
          + TypedFields.text(call, "service");
    }
    return "unknown";
  }

  private static String url(JsonNode get) {
    var scheme = TypedFields.text(get, "scheme").toLowerCase(Locale.ROOT);
    var host = TypedFields.text(get, "host");
    var path = TypedFields.text(get, "path");
    return (scheme.isEmpty() ? "" : scheme + ":")
        + "//"
        + (host.indexOf(':') >= 0 ? "[" + host + "]" : host)
        + ":"
        + port(get)
        + (path.isEmpty() || path.startsWith("/") ? "" : "/")
        + escaped(path);
  }

  private static String port(JsonNode action) {
    return TypedFields.has(action, "port") ? TypedFields.text(action, "port") : "0";
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

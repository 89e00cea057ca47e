package dev.diagbundle.cluster;

import module java.base;

import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;

/// The messages of failures before there is a connection.
final class ConnectFailure {
  private static final Pattern TUNNEL =
      Pattern.compile("Unexpected response code for CONNECT: (\\d+)");
  private static final Pattern UNVERIFIED =
      Pattern.compile("Hostname (\\S+) not verified.*subjectAltNames: \\[(.*)]", Pattern.DOTALL);

  private ConnectFailure() {}

  /// @param serverName the name to verify instead of the host
  static String words(IOException failure, Optional<String> serverName) {
    var message = String.valueOf(failure.getMessage());
    var tunnel = TUNNEL.matcher(message);
    if (tunnel.find()) {
      return "refuses to connect to the server: HTTP status " + tunnel.group(1);
    }
    if (message.equals("Failed to authenticate with proxy")) {
      return "rejects the credentials: HTTP status 407";
    }
    var unverified = UNVERIFIED.matcher(message);
    if (failure instanceof SSLPeerUnverifiedException && unverified.find()) {
      var names = unverified.group(2);
      return "the certificate of the server is valid for "
          + (names.isEmpty() ? "no host" : names)
          + ", not for "
          + serverName.orElse(unverified.group(1));
    }
    if (failure instanceof SocketTimeoutException) {
      return "connect timed out";
    }
    return String.valueOf(ErrorClassifier.of(failure).getMessage());
  }
}

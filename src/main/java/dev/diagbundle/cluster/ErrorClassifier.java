package dev.diagbundle.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.Reason;
import java.util.regex.Pattern;

/// A mapping of responses and errors to a [Reason] and a message.
public final class ErrorClassifier {
  /// Maximum bytes read of an error.
  static final int MAX_ERROR_BYTES = 64 << 10;

  private static final ObjectMapper JSON = new ObjectMapper();

  /// The messages of Go's network errors if the API server cannot reach a node's kubelet.
  private static final Pattern NO_WAY_THERE =
      Pattern.compile(
          "error trying to reach service|dial tcp|connection refused|no route to host|i/o timeout"
              + "|TLS handshake timeout|no preferred addresses found|connection reset"
              + "|tls: |x509: |No agent available");

  /// A panic of the kubelet's handler; a repetition would only cause another.
  private static final Pattern HANDLER_PANIC =
      Pattern.compile(
          "error trying to reach service: ((unexpected )?EOF|.*INTERNAL_ERROR.*)", Pattern.DOTALL);

  /// The messages of OkHttp and the JDK for a connect timeout.
  private static final Pattern NO_CONNECTION = Pattern.compile("(?i)connect timed out|to connect");

  /// The plain-text response of a kubelet if the API server presents no certificate that it accepts
  /// (`pkg/kubelet/server/server.go`, `InstallAuthFilter`); the API server's own 401 is a `Status`.
  private static final String UNAUTHORIZED = "Unauthorized";

  private ErrorClassifier() {}

  /// The failure that a response represents. Reads a bounded part of its body.
  public static RequestFailedException of(Response answer) throws IOException {
    var text = new String(answer.body().readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
    return of(answer.status(), answer.path(), text);
  }

  /// @param path the requested path, which determines the responder
  static RequestFailedException of(int status, String path, String text) {
    return Request.goesToKubelet(path) ? ofKubelet(status, text) : of(status, text);
  }

  /// The failure that a response of a kubelet, or of the API server in its place, represents.
  public static RequestFailedException ofKubelet(int status, String text) {
    if (status == 401 && text.strip().equals(UNAUTHORIZED)) {
      return new RequestFailedException(
          Reason.FORBIDDEN,
          status,
          "the kubelet rejects the API server's certificate (401 Unauthorized)");
    }
    return of(status, text);
  }

  static RequestFailedException of(int status, String text) {
    var message =
        statusOf(text).map(ErrorClassifier::messageOf).orElseGet(() -> plainMessage(status, text));
    return new RequestFailedException(reason(status, message), status, message);
  }

  /// The failure that an I/O error represents; the error itself if it is one already.
  public static RequestFailedException of(IOException failure) {
    if (failure instanceof RequestFailedException refused) {
      return refused;
    }
    var words = words(failure);
    if (isTimeout(failure)) {
      return new RequestFailedException(Reason.TIMED_OUT, words, failure);
    }
    return new RequestFailedException(Reason.UNREACHABLE, words, failure);
  }

  /// The failure that an error within a body represents. Unlike with [#of(IOException)], it is no
  /// evidence against the connection to the server or node. The error itself if it is a failure
  /// already.
  public static RequestFailedException brokenOff(IOException failure) {
    if (failure instanceof RequestFailedException refused) {
      return refused;
    }
    var refusal = of(failure);
    return refusal.reason() == Reason.TIMED_OUT
        ? new RequestFailedException(Reason.TIMED_OUT, "cut off: timed out", failure)
        : new RequestFailedException(Reason.TRUNCATED, "cut off: " + refusal.getMessage(), failure);
  }

  /// The `Status` object of the Kubernetes API that the text contains, if any.
  public static Optional<JsonNode> statusOf(String text) {
    if (!text.startsWith("{")) {
      return Optional.empty();
    }
    try {
      var node = JSON.readTree(text);
      return node.path("kind").asText().equals("Status") ? Optional.of(node) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  static boolean isHandlerPanic(String message) {
    return HANDLER_PANIC.matcher(message).matches();
  }

  /// Returns whether an exchange ended because its thread was interrupted, as at the end of the
  /// run.
  public static boolean isInterrupt(IOException failure) {
    return Thread.currentThread().isInterrupted()
        || failure instanceof ClosedByInterruptException
        || (failure instanceof InterruptedIOException
            && !(failure instanceof SocketTimeoutException));
  }

  static boolean isTimeout(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        // Without a connection no request was sent that could time out.
        return !NO_CONNECTION.matcher(String.valueOf(cause.getMessage())).find();
      }
    }
    return false;
  }

  private static Reason reason(int status, String message) {
    return switch (status) {
      case 401, 403 -> Reason.FORBIDDEN;
      case 404, 410 -> Reason.NOT_FOUND;
      case 405 -> Reason.UNSUPPORTED;
      case 429 -> Reason.THROTTLED;
      case 408, 504 -> Reason.TIMED_OUT;
      case 500, 502, 503 ->
          NO_WAY_THERE.matcher(message).find() && !isHandlerPanic(message)
              ? Reason.UNREACHABLE
              : Reason.INVALID_ANSWER;
      default -> Reason.INVALID_ANSWER;
    };
  }

  private static String messageOf(JsonNode status) {
    var message = status.path("message").asText();
    return message.isEmpty() ? status.path("reason").asText("no message") : message;
  }

  private static String plainMessage(int status, String text) {
    var line = text.strip().lines().findFirst().orElse("");
    if (line.isEmpty() || line.startsWith("<")) {
      return "HTTP status " + status;
    }
    return line.length() > 500 ? line.substring(0, 500) : line;
  }

  /// The innermost informative message: wrappers repeat their cause's class name.
  private static String words(Throwable failure) {
    var words = "";
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      var message = cause.getMessage();
      if (cause instanceof UnknownHostException) {
        return "unknown host " + message;
      }
      if (message != null && !message.isBlank() && !message.contains("Exception:")) {
        words = message;
      }
    }
    return words.isEmpty() ? failure.getClass().getSimpleName() : words;
  }
}

package dev.diagbundle.cluster;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Reason;

/// The result of the first exchange with an API server: its version and its clock.
///
/// @param version the `/version` object; a missing node if it may not be read
/// @param present the server's clock
/// @param skew the local clock's lead over it
/// @param answered whether the server has responded at all
public record ServerInfo(JsonNode version, Instant present, Duration skew, boolean answered) {
  private static final int MAX_VERSION_BYTES = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Reads the version and the clock of the server.
  ///
  /// @throws DiagbundleException if it does not respond, or is no Kubernetes API server
  public static ServerInfo read(Cluster cluster, Clock clock)
      throws DiagbundleException, InterruptedException {
    try (var answer = cluster.get(Request.json("/version", RequestOrigin.RUN))) {
      var now = clock.instant();
      // The header has whole seconds, so on the average it is half a second old.
      var present = answer.serverDate().orElse(now);
      var skew = Duration.between(present.plusMillis(500), now);
      if (answer.status() == 401) {
        throw failure(
            cluster,
            "rejects the credentials of the kubeconfig (401)",
            new RequestFailedException(Reason.FORBIDDEN, 401, "unauthorized"));
      }
      if (answer.status() == 403) {
        return new ServerInfo(JSON.missingNode(), present, skew, true);
      }
      if (!answer.isSuccess() || !answer.contentType().contains("json")) {
        throw failure(
            cluster,
            "is not a Kubernetes API server: /version returns status " + answer.status(),
            new RequestFailedException(Reason.INVALID_ANSWER, answer.status(), "no version"));
      }
      var version = JSON.readTree(answer.body().readNBytes(MAX_VERSION_BYTES));
      answer.drain();
      return new ServerInfo(version, present, skew, true);
    } catch (RequestFailedException e) {
      var verb = e.reason() == Reason.TIMED_OUT ? "does not respond: " : "cannot be reached: ";
      throw failure(cluster, verb + e.getMessage(), e);
    } catch (IOException e) {
      throw failure(
          cluster,
          "is not a Kubernetes API server: " + e.getMessage(),
          new RequestFailedException(Reason.INVALID_ANSWER, 200, String.valueOf(e.getMessage())));
    }
  }

  /// The information without a response.
  public static ServerInfo missing(Clock clock) {
    return new ServerInfo(JSON.missingNode(), clock.instant(), Duration.ZERO, false);
  }

  /// Returns whether there is no response.
  public boolean isMissing() {
    return !answered;
  }

  /// For example `v1.36.2`; empty if unknown.
  public String gitVersion() {
    return version.path("gitVersion").asText("");
  }

  /// @param cause the cause of the failure
  private static DiagbundleException failure(
      Cluster cluster, String what, RequestFailedException cause) {
    return new DiagbundleException(
        Problem.failure("API server " + cluster.server() + " " + what), cause);
  }
}

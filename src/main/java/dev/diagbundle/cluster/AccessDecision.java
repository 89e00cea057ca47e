package dev.diagbundle.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.AccessRight;
import java.io.IOException;

/// What the API server says about one right of this user.
///
/// @param state of the right
/// @param words why, in the server's words; mostly empty
public record AccessDecision(State state, String words) {
  private static final int MAX_BYTES = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// How it stands with a right.
  public enum State {
    /// The user has it.
    ALLOWED,
    /// The user has it not.
    DENIED,
    /// The server did not say.
    UNKNOWN
  }

  public boolean isAllowed() {
    return state == State.ALLOWED;
  }

  /// Asks whether this user has the right. A server that does not answer the question leaves it
  /// unknown.
  public static AccessDecision mayI(Cluster cluster, AccessRight right, RequestOrigin caller)
      throws InterruptedException {
    try (var answer = cluster.ask(new AccessReview(right), caller)) {
      if (!answer.isSuccess()) {
        return new AccessDecision(State.UNKNOWN, ErrorClassifier.of(answer).getMessage());
      }
      var status = JSON.readTree(answer.body().readNBytes(MAX_BYTES)).path("status");
      if (!status.path("allowed").isBoolean()) {
        return new AccessDecision(State.UNKNOWN, "the response is not an access review");
      }
      if (status.path("allowed").asBoolean()) {
        return new AccessDecision(State.ALLOWED, "");
      }
      // An error, such as a binding to a role that is gone, goes with the answer: the request
      // itself
      // would be refused all the same.
      var reason = status.path("reason").asText("");
      return new AccessDecision(
          State.DENIED, reason.isEmpty() ? status.path("evaluationError").asText("") : reason);
    } catch (JsonProcessingException e) {
      return new AccessDecision(State.UNKNOWN, "the response is not JSON");
    } catch (IOException e) {
      return new AccessDecision(State.UNKNOWN, ErrorClassifier.of(e).getMessage());
    }
  }
}

package dev.diagbundle.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.AccessRight;
import java.io.IOException;

/// The API server's decision about one right of this user.
///
/// @param state of the right
/// @param words the server's explanation; mostly empty
public record AccessDecision(State state, String words) {
  private static final int MAX_BYTES = 64 << 10;
  private static final ObjectMapper JSON = new ObjectMapper();

  /// State of a right.
  public enum State {
    /// The user has the right.
    ALLOWED,
    /// The user does not have the right.
    DENIED,
    /// The server did not decide.
    UNKNOWN
  }

  public boolean isAllowed() {
    return state == State.ALLOWED;
  }

  /// Returns the decision about one right of this user. It is unknown if the server does not answer
  /// the question.
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
      // An error, such as a binding to a role that is gone, is part of the response: the request
      // itself would be refused all the same.
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

package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.serve.http.Exchange;
import dev.diagbundle.serve.http.ServerRequest;

/// The handler of `SelfSubjectAccessReview` (`authorization.k8s.io/v1`), the only object that is
/// posted to a replayed cluster.
final class AccessReviews {
  private static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final ObjectMapper JSON = new ObjectMapper();

  private AccessReviews() {}

  static boolean isReview(ServerRequest request) {
    return request.method().equals("POST") && request.path().equals(PATH);
  }

  /// Answers by these rules.
  static void answer(Exchange exchange, Predicate<AccessRight> rules) throws IOException {
    JsonNode review;
    try {
      review = JSON.readTree(exchange.requestBody());
    } catch (JsonProcessingException e) {
      ApiStatus.badRequest("couldn't get version/kind; json parse error").sendTo(exchange);
      return;
    }
    var spec = review.path("spec");
    boolean objects = spec.path("resourceAttributes").isObject();
    if (!(review instanceof ObjectNode answer)
        || objects == spec.path("nonResourceAttributes").isObject()) {
      ApiStatus.badRequest(
              "exactly one of nonResourceAttributes or resourceAttributes must be specified")
          .sendTo(exchange);
      return;
    }
    var attributes = spec.path(objects ? "resourceAttributes" : "nonResourceAttributes");
    var right = objects ? onObjects(attributes) : onPath(attributes);
    answer.putObject("status").put("allowed", rules.test(right));
    exchange.send(201, "application/json", JSON.writeValueAsString(answer) + "\n");
  }

  private static AccessRight onObjects(JsonNode attributes) {
    return new AccessRight.OnObjects(
        attributes.path("verb").asText(""),
        attributes.path("group").asText(""),
        attributes.path("resource").asText(""),
        attributes.path("subresource").asText(""),
        attributes.path("namespace").asText(""),
        attributes.path("name").asText(""));
  }

  private static AccessRight onPath(JsonNode attributes) {
    return new AccessRight.OnPath(
        attributes.path("verb").asText(""), attributes.path("path").asText(""));
  }
}

package dev.diagbundle.cluster;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.AccessRight;

/// A request for the API server's decision about one right of this user: a
/// `SelfSubjectAccessReview` of `authorization.k8s.io/v1`, which every authenticated user may
/// create by default (cluster role `system:basic-user`). It is posted, but stores nothing: the
/// response is its only effect.
///
/// It covers one right at a time. A `SelfSubjectRulesReview` would cover many at once, but is not
/// exact: it may be incomplete if an authorizer cannot enumerate its rules, and it covers one
/// namespace.
///
/// @param right the right in question
public record AccessReview(AccessRight right) {
  static final String PATH = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  String json() {
    var review = JsonNodeFactory.instance.objectNode();
    review.put("apiVersion", "authorization.k8s.io/v1").put("kind", "SelfSubjectAccessReview");
    var spec = review.putObject("spec");
    switch (right) {
      case AccessRight.OnPath(String verb, String path) ->
          spec.putObject("nonResourceAttributes").put("verb", verb).put("path", path);
      case AccessRight.OnObjects objects -> fill(spec.putObject("resourceAttributes"), objects);
    }
    return review.toString();
  }

  private static void fill(ObjectNode attributes, AccessRight.OnObjects right) {
    attributes
        .put("verb", right.verb())
        .put("group", right.group())
        .put("resource", right.resource())
        .put("subresource", right.subresource())
        .put("namespace", right.namespace())
        .put("name", right.name());
  }
}

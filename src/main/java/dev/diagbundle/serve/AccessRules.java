package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.serve.http.Handler;
import dev.diagbundle.serve.http.Interceptor;
import dev.diagbundle.serve.http.ServerRequest;

/// The permissions of a user of a replayed cluster. Everything else is rejected with the message of
/// the API server. Every user may query their own permissions, as the cluster role
/// `system:basic-user` allows.
///
/// @param user name in the error messages
/// @param rules list of what is allowed
public record AccessRules(String user, List<Rule> rules) implements Interceptor {
  /// One rule of a `Role` or `ClusterRole`, matched as RBAC does
  /// (`k8s.io/kubernetes/pkg/apis/rbac/v1`, `VerbMatches` and those after it).
  ///
  /// @param namespace that it applies to; empty for all and for cluster-scoped objects
  /// @param resourceNames empty for all
  public record Rule(
      String namespace,
      Set<String> verbs,
      Set<String> apiGroups,
      Set<String> resources,
      Set<String> resourceNames,
      Set<String> nonResourceUrls) {
    public Rule {
      verbs = Set.copyOf(verbs);
      apiGroups = Set.copyOf(apiGroups);
      resources = Set.copyOf(resources);
      resourceNames = Set.copyOf(resourceNames);
      nonResourceUrls = Set.copyOf(nonResourceUrls);
    }

    boolean allows(AccessRight right) {
      return has(verbs, right.verb())
          && switch (right) {
            case AccessRight.OnObjects objects -> allows(objects);
            case AccessRight.OnPath(String _, String path) ->
                namespace.isEmpty()
                    && nonResourceUrls.stream()
                        .anyMatch(rule -> AccessRight.OnPath.matches(rule, path));
          };
    }

    private boolean allows(AccessRight.OnObjects right) {
      return (namespace.isEmpty() || namespace.equals(right.namespace()))
          && has(apiGroups, right.group())
          && (has(resources, right.path()) || resources.contains("*/" + right.subresource()))
          && (resourceNames.isEmpty() || resourceNames.contains(right.name()));
    }

    private static boolean has(Set<String> values, String value) {
      return values.contains("*") || values.contains(value);
    }
  }

  public AccessRules {
    rules = List.copyOf(rules);
  }

  /// The rules of these objects; those that are not a `Role` or `ClusterRole` are ignored.
  public static AccessRules of(String user, Iterable<JsonNode> objects) {
    var rules = new ArrayList<Rule>();
    for (JsonNode object : objects) {
      var kind = object.path("kind").asText();
      if (kind.equals("Role") || kind.equals("ClusterRole")) {
        var namespace = kind.equals("Role") ? object.path("metadata").path("namespace") : null;
        for (JsonNode rule : object.path("rules")) {
          rules.add(
              new Rule(
                  namespace == null ? "" : namespace.asText(),
                  texts(rule.path("verbs")),
                  texts(rule.path("apiGroups")),
                  texts(rule.path("resources")),
                  texts(rule.path("resourceNames")),
                  texts(rule.path("nonResourceURLs"))));
        }
      }
    }
    return new AccessRules(user, rules);
  }

  boolean allow(AccessRight right) {
    return rules.stream().anyMatch(rule -> rule.allows(right));
  }

  @Override
  public Optional<Handler> intercept(ServerRequest request) {
    if (AccessReviews.isReview(request)) {
      return Optional.of(exchange -> AccessReviews.answer(exchange, this::allow));
    }
    var right = AccessRight.ofRequest(request.method(), "/" + String.join("/", request.segments()));
    return allow(right)
        ? Optional.empty()
        : Optional.of(exchange -> ApiStatus.forbidden(user, right).sendTo(exchange));
  }

  private static Set<String> texts(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.toSet());
  }
}

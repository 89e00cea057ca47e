package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.serve.http.Exchange;

/// An error of the Kubernetes API: an object of kind `Status`.
///
/// @param code the HTTP status
/// @param reason the machine-readable reason; absent if the real server gives none
/// @param details the kind and name that it is about
public record ApiStatus(
    int code, Optional<String> reason, String message, Optional<ObjectNode> details) {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /// A named object is missing.
  static ApiStatus notFound(String name, String plural, String group) {
    var details = JSON.objectNode().put("name", name);
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    details.put("kind", plural);
    var resource = group.isEmpty() ? plural : plural + "." + group;
    return new ApiStatus(
        404,
        Optional.of("NotFound"),
        resource + " \"" + name + "\" not found",
        Optional.of(details));
  }

  /// The group is known, the resource is not.
  static ApiStatus unknownResource() {
    return new ApiStatus(
        404,
        Optional.of("NotFound"),
        "the server could not find the requested resource",
        Optional.of(JSON.objectNode()));
  }

  static ApiStatus methodNotAllowed() {
    return new ApiStatus(
        405,
        Optional.of("MethodNotAllowed"),
        "the server does not allow this method on the requested resource",
        Optional.of(JSON.objectNode()));
  }

  public static ApiStatus badRequest(String message) {
    return new ApiStatus(400, Optional.of("BadRequest"), message, Optional.empty());
  }

  /// The kubelet cannot be reached through the API server.
  public static ApiStatus serviceUnavailable(String cause) {
    return new ApiStatus(
        503,
        Optional.of("ServiceUnavailable"),
        "error trying to reach service: " + cause,
        Optional.empty());
  }

  /// The access rules refuse the whole collection.
  ///
  /// @param what the denied action, for example `cannot list resource "nodes" in API group "" at
  ///   the cluster scope`
  public static ApiStatus forbidden(String user, String plural, String what) {
    return new ApiStatus(
        403,
        Optional.of("Forbidden"),
        plural + " is forbidden: User \"" + user + "\" " + what,
        Optional.of(JSON.objectNode().put("kind", plural)));
  }

  /// The access rules refuse the request (`k8s.io/apimachinery/pkg/api/errors`, `NewForbidden`,
  /// with the text of `k8s.io/apiserver/pkg/endpoints/handlers/responsewriters`).
  static ApiStatus forbidden(String user, AccessRight right) {
    return switch (right) {
      case AccessRight.OnPath(String verb, String path) ->
          new ApiStatus(
              403,
              Optional.of("Forbidden"),
              "forbidden: User \"" + user + "\" cannot " + verb + " path \"" + path + "\"",
              Optional.of(JSON.objectNode()));
      case AccessRight.OnObjects objects -> forbidden(user, objects);
    };
  }

  private static ApiStatus forbidden(String user, AccessRight.OnObjects right) {
    var details = JSON.objectNode();
    if (!right.name().isEmpty()) {
      details.put("name", right.name());
    }
    if (!right.group().isEmpty()) {
      details.put("group", right.group());
    }
    details.put("kind", right.resource());
    var qualified = right.resource() + (right.group().isEmpty() ? "" : "." + right.group());
    var place =
        right.namespace().isEmpty()
            ? "at the cluster scope"
            : "in the namespace \"" + right.namespace() + "\"";
    var message =
        "%s%s is forbidden: User \"%s\" cannot %s resource \"%s\" in API group \"%s\" %s"
            .formatted(
                qualified,
                right.name().isEmpty() ? "" : " \"" + right.name() + "\"",
                user,
                right.verb(),
                right.path(),
                right.group(),
                place);
    return new ApiStatus(403, Optional.of("Forbidden"), message, Optional.of(details));
  }

  static ApiStatus internal(String message) {
    return new ApiStatus(500, Optional.empty(), message, Optional.empty());
  }

  /// Answers with the object.
  public void sendTo(Exchange exchange) throws IOException {
    exchange.send(code, "application/json", json() + "\n");
  }

  /// The object, in the order of fields of the real server.
  public String json() {
    var status = JSON.objectNode().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", message);
    reason.ifPresent(text -> status.put("reason", text));
    details.ifPresent(object -> status.set("details", object));
    status.put("code", code);
    return status.toString();
  }
}

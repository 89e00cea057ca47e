package dev.diagbundle.model;

import module java.base;

/// A permission that an API server grants or denies to a user: the attributes that it reads from a
/// request before it responds (Kubernetes documentation, "Authorization", "Review your request
/// attributes").
public sealed interface AccessRight {
  /// The verb, for example `get`, `list`, `create`.
  String verb();

  /// The target, for example `nodes/proxy`.
  String object();

  /// The namespace that it is for; empty for all, and for what is in none.
  String namespace();

  /// One line for people, for example `list deployments.apps in shop`.
  default String text() {
    return verb() + " " + object() + (namespace().isEmpty() ? "" : " in " + namespace());
  }

  /// Returns whether a rule for this right allows the other one as well.
  boolean covers(AccessRight other);

  /// A right over objects.
  ///
  /// @param group of the API; empty for the core group
  /// @param resource plural name
  /// @param subresource for example `proxy`; empty for the object itself
  /// @param namespace empty for all namespaces, and for what is in none
  /// @param name of the one object; empty for all
  record OnObjects(
      String verb, String group, String resource, String subresource, String namespace, String name)
      implements AccessRight {
    /// The resource as rules spell it, for example `nodes/proxy`.
    public String path() {
      return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    @Override
    public String object() {
      return resource
          + (group.isEmpty() ? "" : "." + group)
          + (subresource.isEmpty() ? "" : "/" + subresource)
          + (name.isEmpty() ? "" : " " + name);
    }

    @Override
    public boolean covers(AccessRight other) {
      return other instanceof OnObjects that
          && verb.equals(that.verb)
          && group.equals(that.group)
          && path().equals(that.path())
          && (namespace.isEmpty() || namespace.equals(that.namespace))
          && (name.isEmpty() || name.equals(that.name));
    }
  }

  /// A right over a path that is no object, for example `/livez`.
  ///
  /// @param path as rules spell it: a `*` at its end matches anything
  record OnPath(String verb, String path) implements AccessRight {
    @Override
    public String object() {
      return path;
    }

    @Override
    public String namespace() {
      return "";
    }

    @Override
    public boolean covers(AccessRight other) {
      return other instanceof OnPath that && verb.equals(that.verb) && matches(path, that.path);
    }

    /// Returns whether a `nonResourceURLs` entry of a rule covers this path.
    public static boolean matches(String rule, String path) {
      return rule.endsWith("*")
          ? path.startsWith(rule.substring(0, rule.length() - 1))
          : rule.equals(path);
    }
  }

  /// The right to list objects.
  ///
  /// @param namespace empty for all
  static AccessRight list(String group, String resource, String namespace) {
    return new OnObjects("list", group, resource, "", namespace, "");
  }

  /// The right that a request needs, taken from it as the API server does
  /// (`k8s.io/apiserver/pkg/endpoints/request`, `RequestInfoFactory`). Its other cases, watching
  /// and deleting collections, never occur in this project.
  ///
  /// @param method of HTTP
  /// @param path decoded, without its query
  static AccessRight ofRequest(String method, String path) {
    var parts = List.of(path.replaceAll("^/+|/+$", "").split("/", -1));
    boolean core = parts.getFirst().equals("api");
    int before = core ? 2 : 3;
    if ((!core && !parts.getFirst().equals("apis")) || parts.size() <= before) {
      return new OnPath(httpVerb(method), path);
    }
    var group = core ? "" : parts.get(1);
    var rest = parts.subList(before, parts.size());
    var namespace = "";
    if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
      namespace = rest.get(1);
      // `status` and `finalize` belong to the namespace itself.
      boolean within =
          rest.size() > 2 && !rest.get(2).equals("status") && !rest.get(2).equals("finalize");
      rest = within ? rest.subList(2, rest.size()) : rest;
    }
    var name = rest.size() > 1 ? rest.get(1) : "";
    var subresource = rest.size() > 2 ? rest.get(2) : "";
    return new OnObjects(
        verb(method, name.isEmpty()), group, rest.getFirst(), subresource, namespace, name);
  }

  private static String verb(String method, boolean all) {
    return switch (method) {
      case "GET", "HEAD" -> all ? "list" : "get";
      case "POST" -> "create";
      case "PUT" -> "update";
      default -> httpVerb(method);
    };
  }

  private static String httpVerb(String method) {
    return method.toLowerCase(Locale.ROOT);
  }
}

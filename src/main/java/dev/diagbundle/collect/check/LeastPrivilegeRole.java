package dev.diagbundle.collect.check;

import module java.base;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.collect.source.RequiredRight;
import dev.diagbundle.model.AccessRight;
import java.util.Collection;

/// The smallest roles with all rights that a run needs: a `ClusterRole`, and a `Role` in each
/// namespace that the run is restricted to. No rule has a `*` except for paths of discovery.
public final class LeastPrivilegeRole {
  private static final String API = "rbac.authorization.k8s.io";
  private static final String NAME = "diagbundle";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private LeastPrivilegeRole() {}

  /// A service account to bind the roles to.
  public record Account(String namespace, String name) {}

  /// Rights that can stand in one rule.
  private record Kind(String group, List<String> verbs, List<String> names) {}

  /// The verbs and names of the rules for one resource.
  private record Verbs(TreeSet<String> verbs, TreeSet<String> names) {}

  /// The objects to apply, in an order in which they can be.
  ///
  /// @param account to create and to bind the roles to, if any
  public static List<ObjectNode> of(List<RequiredRight> needs, Optional<Account> account) {
    var all = needs.stream().map(RequiredRight::right).toList();
    // A right that another one covers needs no rule of its own.
    var rights =
        all.stream()
            .filter(right ->
                all.stream().noneMatch(other -> !other.equals(right) && other.covers(right)))
            .toList();
    var namespaces = new TreeSet<String>();
    namespaces.add("");
    for (AccessRight right : rights) {
      if (right instanceof AccessRight.OnObjects objects) {
        namespaces.add(objects.namespace());
      }
    }
    var objects = new ArrayList<ObjectNode>();
    account.ifPresent(to -> objects.add(serviceAccount(to)));
    for (String namespace : namespaces) {
      objects.add(role(namespace, rights));
      account.ifPresent(to -> objects.add(binding(namespace, to)));
    }
    return objects;
  }

  private static ObjectNode role(String namespace, List<AccessRight> rights) {
    var role = object(API + "/v1", namespace.isEmpty() ? "ClusterRole" : "Role", namespace, NAME);
    var rules = role.putArray("rules");
    var objects =
        rights.stream()
            .filter(AccessRight.OnObjects.class::isInstance)
            .map(AccessRight.OnObjects.class::cast)
            .filter(right -> right.namespace().equals(namespace))
            .toList();
    // A name in a rule applies to everything that the rule allows, so rights without a name are
    // separate.
    addObjects(rules, objects.stream().filter(right -> right.name().isEmpty()).toList());
    addObjects(rules, objects.stream().filter(right -> !right.name().isEmpty()).toList());
    var paths = new TreeSet<String>();
    for (AccessRight right : rights) {
      if (right instanceof AccessRight.OnPath(String _, String path) && namespace.isEmpty()) {
        paths.add(path);
      }
    }
    if (!paths.isEmpty()) {
      var rule = rules.addObject();
      fill(rule.putArray("nonResourceURLs"), paths);
      fill(rule.putArray("verbs"), List.of("get"));
    }
    return role;
  }

  private static void addObjects(ArrayNode rules, List<AccessRight.OnObjects> rights) {
    // By group and resource, so that equal needs make equal texts.
    var byResource = new TreeMap<String, Map<String, Verbs>>();
    for (AccessRight.OnObjects right : rights) {
      var verbs =
          byResource
              .computeIfAbsent(right.group(), any -> new TreeMap<>())
              .computeIfAbsent(right.path(), any -> new Verbs(new TreeSet<>(), new TreeSet<>()));
      verbs.verbs().add(right.verb());
      if (!right.name().isEmpty()) {
        verbs.names().add(right.name());
      }
    }
    byResource.forEach((group, resources) -> {
      var kinds = new LinkedHashMap<Kind, List<String>>();
      resources.forEach((resource, verbs) ->
          kinds
              .computeIfAbsent(
                  new Kind(group, List.copyOf(verbs.verbs()), List.copyOf(verbs.names())),
                  any -> new ArrayList<>())
              .add(resource));
      kinds.forEach((kind, names) -> addRule(rules.addObject(), kind, names));
    });
  }

  private static void addRule(ObjectNode rule, Kind kind, List<String> resources) {
    fill(rule.putArray("apiGroups"), List.of(kind.group()));
    fill(rule.putArray("resources"), resources);
    if (!kind.names().isEmpty()) {
      fill(rule.putArray("resourceNames"), kind.names());
    }
    fill(rule.putArray("verbs"), kind.verbs());
  }

  private static ObjectNode serviceAccount(Account account) {
    var object = object("v1", "ServiceAccount", account.namespace(), account.name());
    return object.put("automountServiceAccountToken", false);
  }

  private static ObjectNode binding(String namespace, Account account) {
    var prefix = namespace.isEmpty() ? "Cluster" : "";
    var object = object(API + "/v1", prefix + "RoleBinding", namespace, NAME);
    object.putObject("roleRef").put("apiGroup", API).put("kind", prefix + "Role").put("name", NAME);
    object
        .putArray("subjects")
        .addObject()
        .put("kind", "ServiceAccount")
        .put("name", account.name())
        .put("namespace", account.namespace());
    return object;
  }

  private static ObjectNode object(String version, String kind, String namespace, String name) {
    var object = JSON.objectNode().put("apiVersion", version).put("kind", kind);
    var metadata = object.putObject("metadata").put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return object;
  }

  private static void fill(ArrayNode array, Collection<String> texts) {
    texts.forEach(array::add);
  }
}

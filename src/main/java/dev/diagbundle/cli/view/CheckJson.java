package dev.diagbundle.cli.view;

import module java.base;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.collect.check.CheckedNode;
import dev.diagbundle.collect.check.CheckedRight;
import dev.diagbundle.collect.check.PreflightResult;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.AccessRight;

/// The result of a check as one JSON object.
public final class CheckJson {
  private CheckJson() {}

  public static String of(
      ClusterConnection connection,
      String profile,
      PreflightResult result,
      List<ObjectNode> roles) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("ok", result.isGreen());
    json.put("profile", profile);
    json.put("cluster", connection.names().cluster());
    json.put("server", result.server());
    json.put("version", result.version());
    json.put("user", connection.names().user());
    json.put("clockSkewMillis", result.skew().toMillis());
    var rights = json.putArray("rights");
    result.needs().forEach(need -> add(need, rights.addObject()));
    var nodes = json.putArray("nodes");
    result.nodes().forEach(node -> add(node, result, nodes.addObject()));
    fill(json.putArray("problems"), result.problems());
    json.putArray("roles").addAll(roles);
    return json.toString();
  }

  private static void add(CheckedRight checked, ObjectNode json) {
    var right = checked.need().right();
    json.put("right", right.text());
    json.put("verb", right.verb());
    switch (right) {
      case AccessRight.OnPath(String _, String path) -> json.put("nonResourceURL", path);
      case AccessRight.OnObjects objects ->
          json.put("group", objects.group())
              .put("resource", objects.path())
              .put("namespace", objects.namespace())
              .put("name", objects.name());
    }
    json.put("state", label(checked.access().state()));
    json.put("detail", checked.access().words());
    fill(json.putArray("items"), checked.need().items());
  }

  private static void add(CheckedNode node, PreflightResult result, ObjectNode json) {
    json.put("name", node.name());
    json.put("operatingSystem", node.os());
    json.put("kubeletVersion", node.kubelet());
    json.put("ready", node.ready());
    json.put("logQuery", node.query().map(CheckJson::label).orElse("unknown"));
    node.lead()
        .ifPresent(lead -> {
          json.put("clockAheadOfLocalMillis", lead.toMillis());
          json.put("clockAheadOfServerMillis", lead.plus(result.skew()).toMillis());
        });
    json.put("problem", node.problem());
    fill(json.putArray("affectedItems"), node.suffers());
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void fill(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }
}

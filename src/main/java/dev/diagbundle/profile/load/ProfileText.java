package dev.diagbundle.profile.load;

import module java.base;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.yaml.YamlText;

/// Profiles as YAML: complete, merged, and loadable as a profile again.
public final class ProfileText {
  private ProfileText() {}

  /// The profile as YAML that reads back to an equal one.
  public static String yaml(Profile profile) {
    return text(profile, _ -> "");
  }

  /// The same with a comment before each item that states its origin.
  public static String withOrigins(LoadedProfile loaded) {
    return text(
        loaded.profile(),
        item -> {
          var origin = loaded.origins().get(item.name());
          return origin == null ? "" : "# " + origin + "\n";
        });
  }

  private static String text(Profile profile, Function<ItemSpec, String> comment) {
    var head = JsonNodeFactory.instance.objectNode();
    head.put("apiVersion", ProfileFormat.API_VERSION);
    head.put("kind", ProfileFormat.KIND);
    head.put("name", profile.name());
    if (!profile.description().isBlank()) {
      head.put("description", profile.description());
    }
    head.put("window", DurationText.format(profile.window()));
    if (!profile.nodes().equals(NodeSelection.ALL)) {
      nodes(head, profile.nodes());
    }
    limits(head, profile.limits());
    FindingsDraft.write(head, profile.findings());
    var text = new StringBuilder(YamlText.of(head));
    if (!profile.collect().isEmpty()) {
      text.append("collect:\n");
    }
    for (var item : profile.collect()) {
      text.append(comment.apply(item));
      text.append(YamlText.of(JsonNodeFactory.instance.arrayNode().add(item(item))));
    }
    return text.toString();
  }

  private static void limits(ObjectNode parent, Limits limits) {
    var keys = parent.putObject("limits");
    keys.put("item", ProfileFormat.size(limits.itemBytes()))
        .put("bundle", ProfileFormat.size(limits.bundleBytes()))
        .put("deadline", DurationText.format(limits.deadline()))
        .put("concurrency", limits.concurrency())
        .put("perNode", limits.perNode());
    limits.requestsPerSecond().ifPresent(most -> keys.put("qps", plain(most)));
  }

  /// Without an exponent, which the format does not know.
  private static BigDecimal plain(double number) {
    var shortest = new BigDecimal(Double.toString(number)).stripTrailingZeros();
    return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
  }

  private static ObjectNode item(ItemSpec item) {
    var element = JsonNodeFactory.instance.objectNode();
    var keys = element.putObject(item.kind().label());
    common(keys, item.common());
    switch (item) {
      case ItemSpec.NodeLogs logs -> {
        list(keys, "services", logs.services());
        if (logs.allServices()) {
          keys.put("allServices", true);
        }
        logs.boot().ifPresent(boot -> keys.put("boot", boot));
        logs.pattern().ifPresent(pattern -> keys.put("pattern", pattern.toString()));
        logs.codePage().ifPresent(page -> keys.put("codePage", page.number()));
      }
      case ItemSpec.NodeFiles files -> {
        globs(keys, "include", files.include());
        globs(keys, "exclude", files.exclude());
        files.tailBytes().ifPresent(bytes -> keys.put("tail", ProfileFormat.size(bytes)));
      }
      case ItemSpec.Kubelet kubelet -> list(keys, "endpoints", kubelet.endpoints());
      case ItemSpec.NodeDescribe _ -> {}
      case ItemSpec.Events events -> ObjectsKind.write(keys, events.objects());
      case ItemSpec.Describe describe -> DescribeKind.write(keys, describe);
      case ItemSpec.ClusterDump dump -> ObjectsKind.write(keys, dump);
      case ItemSpec.PodLogs logs -> PodLogsKind.write(keys, logs);
      case ItemSpec.ApiPaths api -> list(keys, "paths", api.paths());
    }
    return element;
  }

  private static void common(ObjectNode keys, ItemSpec.Common common) {
    common.name().ifPresent(name -> keys.put("name", name));
    common.nodes().ifPresent(nodes -> nodes(keys, nodes));
    common.window().ifPresent(window -> keys.put("window", DurationText.format(window)));
    common
        .itemBytes()
        .ifPresent(bytes -> keys.putObject("limits").put("item", ProfileFormat.size(bytes)));
  }

  private static void nodes(ObjectNode parent, NodeSelection nodes) {
    var keys = parent.putObject("nodes");
    nodes.selector().ifPresent(selector -> keys.put("selector", selector));
    globs(keys, "names", nodes.names());
  }

  private static void globs(ObjectNode parent, String key, List<Glob> globs) {
    list(parent, key, globs.stream().map(Glob::pattern).toList());
  }

  private static void list(ObjectNode parent, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      var array = parent.putArray(key);
      texts.forEach(array::add);
    }
  }
}

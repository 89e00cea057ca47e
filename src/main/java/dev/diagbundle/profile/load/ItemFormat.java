package dev.diagbundle.profile.load;

import static dev.diagbundle.profile.load.ProfileFormat.listOf;

import module java.base;

import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ItemSpec.Common;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.yaml.YamlNode;

/// A kind of item: its keys, and the conversion of a valid map of them to an [ItemSpec]. A new kind
/// is a new record in [ItemSpec] and a new element of [#ALL].
///
/// @param shape named after the key of the kind in profiles
record ItemFormat(Shape.MapOf shape, BiFunction<Common, MappingValues, ItemSpec> binder) {
  static final List<ItemFormat> ALL =
      List.of(
          kind(
              ItemKind.NODE_LOGS,
              "Logs of services of the node, through the kubelet's Node Log Query.",
              List.of(
                  Shape.Key.required(
                      "services",
                      listOf(TextForm.SERVICE),
                      "Names as the node's service manager knows them, without .service. A service"
                          + " that a node does not have leaves no gap."),
                  Shape.Key.optional(
                          "allServices",
                          new Shape.Flag(),
                          "Request every service from every node. Otherwise the services of other"
                              + " container runtimes (containerd, crio, docker) and distributions"
                              + " (k3s, rke2) than those that a node reports are skipped.")
                      .withFallback("false"),
                  Shape.Key.optional(
                          "boot",
                          new Shape.WholeNumber(-100, 0),
                          "Only entries of this boot of a Linux node: 0 is the present one, -1 the"
                              + " one before it.")
                      .withFallback("all boots of the window"),
                  Shape.Key.optional(
                          "pattern",
                          new Shape.Text(TextForm.LINE_PATTERN),
                          "Only entries in which this is found, a regular expression of RE2. It is"
                              + " looked for as the log arrives, not on the node.")
                      .withFallback("all entries"),
                  Shape.Key.optional(
                          "codePage",
                          new Shape.Text(TextForm.CODE_PAGE),
                          "The OEM code page of Windows nodes, in which PowerShell writes what is"
                              + " not UTF-8.")
                      .withFallback("437")),
              (common, keys) ->
                  new ItemSpec.NodeLogs(
                      common,
                      keys.texts("services"),
                      keys.flag("allServices"),
                      keys.number("boot"),
                      keys.text("pattern").flatMap(LinePattern::parse),
                      keys.text("codePage").flatMap(CodePage::parse))),
          kind(
              ItemKind.NODE_FILES,
              "Files below the node's log folder, /var/log or C:\\var\\log.",
              List.of(
                  Shape.Key.required(
                      "include",
                      listOf(TextForm.PATH_GLOB),
                      "Globs over paths in that folder. Binary journals cannot be redacted, so only"
                          + " a glob that begins with journal/ takes them."),
                  Shape.Key.optional(
                      "exclude", listOf(TextForm.PATH_GLOB), "Globs over what to leave out."),
                  Shape.Key.optional(
                          "tail", ProfileFormat.SIZE, "Maximum bytes from the end of each file.")
                      .withFallback("whole files")),
              (common, keys) ->
                  new ItemSpec.NodeFiles(
                      common, keys.globs("include"), keys.globs("exclude"), keys.size("tail"))),
          kind(
              ItemKind.KUBELET,
              "Endpoints of the kubelet, through the node proxy.",
              List.of(
                  Shape.Key.required(
                      "endpoints",
                      listOf(TextForm.ENDPOINT),
                      "Paths without a leading slash, for example configz.")),
              (common, keys) -> new ItemSpec.Kubelet(common, keys.texts("endpoints"))),
          kind(
              ItemKind.NODE_DESCRIBE,
              "The text of kubectl describe node, the node's events and its lease.",
              List.of(),
              (common, _) -> new ItemSpec.NodeDescribe(common)),
          kind(ItemKind.DESCRIBE, DescribeKind.DESCRIPTION, DescribeKind.KEYS, DescribeKind::bind),
          kind(
              ItemKind.EVENTS,
              ObjectsKind.EVENTS,
              ObjectsKind.SELECTION,
              (common, keys) -> new ItemSpec.Events(common, ObjectsKind.selection(keys))),
          kind(
              ItemKind.CLUSTER_DUMP,
              ObjectsKind.CLUSTER_DUMP,
              ObjectsKind.CLUSTER_DUMP_KEYS,
              List.of("resources", "crds"),
              ObjectsKind::bind),
          kind(ItemKind.POD_LOGS, PodLogsKind.DESCRIPTION, PodLogsKind.KEYS, PodLogsKind::bind),
          kind(
              ItemKind.API_PATHS,
              "Paths of the API server, as they are.",
              List.of(
                  Shape.Key.required(
                      "paths",
                      listOf(TextForm.API_PATH),
                      "With a leading slash and perhaps a query, for example /livez?verbose.")),
              (common, keys) -> new ItemSpec.ApiPaths(common, keys.texts("paths"))));

  /// The names of all kinds, in the order of [#ALL].
  static List<String> names() {
    return ALL.stream().map(ItemFormat::name).toList();
  }

  static Optional<ItemFormat> named(String name) {
    return ALL.stream().filter(kind -> kind.name().equals(name)).findFirst();
  }

  String name() {
    return shape.name();
  }

  /// @param node a valid map of the kind's keys, or nothing
  ItemSpec bind(YamlNode node) {
    var keys = MappingValues.of(node);
    var common =
        new Common(
            keys.text("name"),
            keys.below("nodes").map(ItemFormat::nodes),
            keys.duration("window"),
            keys.below("limits").orElse(MappingValues.NONE).size("item"));
    return binder.apply(common, keys);
  }

  static NodeSelection nodes(MappingValues keys) {
    return new NodeSelection(keys.text("selector"), keys.globs("names"));
  }

  private static ItemFormat kind(
      ItemKind kind,
      String description,
      List<Shape.Key> keys,
      BiFunction<Common, MappingValues, ItemSpec> binder) {
    return kind(kind, description, keys, List.of(), binder);
  }

  private static ItemFormat kind(
      ItemKind kind,
      String description,
      List<Shape.Key> keys,
      List<String> atLeastOneOf,
      BiFunction<Common, MappingValues, ItemSpec> binder) {
    var all = ProfileFormat.withCommon(keys);
    return new ItemFormat(new Shape.MapOf(kind.label(), description, all, atLeastOneOf), binder);
  }
}

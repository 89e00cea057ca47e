package dev.diagbundle.profile.load;

import static dev.diagbundle.profile.load.ProfileFormat.listOf;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ItemSpec.Common;
import dev.diagbundle.profile.ObjectSelection;

/// The item kinds `clusterDump` and `events`: their keys, and their reading and writing.
final class ObjectsKind {
  static final String CLUSTER_DUMP =
      "API objects. Of Secrets only the names and the names of their keys.";

  static final String EVENTS = "The events of all namespaces, or of some.";

  /// The keys that select objects, as those of pods are named.
  static final List<Shape.Key> SELECTION =
      List.of(
          Shape.Key.optional("namespaces", ProfileFormat.NAME_GLOBS, "Globs over namespaces.")
              .withFallback("all namespaces"),
          Shape.Key.optional(
              "excludeNamespaces",
              ProfileFormat.NAME_GLOBS,
              "Globs over namespaces whose objects are left out."),
          Shape.Key.optional(
                  "selector", new Shape.Text(TextForm.SELECTOR), "A label selector over objects.")
              .withFallback("all objects"));

  static final List<Shape.Key> CLUSTER_DUMP_KEYS =
      Stream.of(
              List.of(
                  Shape.Key.optional(
                      "resources",
                      listOf(TextForm.RESOURCE),
                      "Plural names, plural.group, or globs over either, as in *.apps; * for every kind"
                          + " the server lists."),
                  Shape.Key.optional(
                      "exclude",
                      listOf(TextForm.RESOURCE),
                      "Plural names, plural.group, or globs over either, to leave out."),
                  Shape.Key.optional(
                      "crds",
                      ProfileFormat.NAME_GLOBS,
                      "Globs over the names of custom resource definitions (plural.group) whose"
                          + " objects are wanted.")),
              SELECTION,
              List.of(
                  Shape.Key.optional(
                          "managedFields",
                          new Shape.Flag(),
                          "Keep metadata.managedFields, which say who set which field, and when.")
                      .withFallback("false")))
          .flatMap(List::stream)
          .toList();

  private ObjectsKind() {}

  static ItemSpec bind(Common common, MappingValues keys) {
    return new ItemSpec.ClusterDump(
        common,
        keys.texts("resources"),
        keys.texts("exclude"),
        keys.globs("crds"),
        selection(keys),
        keys.flag("managedFields"));
  }

  static ObjectSelection selection(MappingValues keys) {
    return new ObjectSelection(
        keys.globs("namespaces"), keys.globs("excludeNamespaces"), keys.text("selector"));
  }

  static void write(ObjectNode keys, ItemSpec.ClusterDump dump) {
    list(keys, "resources", dump.resources());
    list(keys, "exclude", dump.exclude());
    globs(keys, "crds", dump.crds());
    write(keys, dump.objects());
    if (dump.managedFields()) {
      keys.put("managedFields", true);
    }
  }

  static void write(ObjectNode keys, ObjectSelection objects) {
    globs(keys, "namespaces", objects.namespaces());
    globs(keys, "excludeNamespaces", objects.excludedNamespaces());
    objects.selector().ifPresent(selector -> keys.put("selector", selector));
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

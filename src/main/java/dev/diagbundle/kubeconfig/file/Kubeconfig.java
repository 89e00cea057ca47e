package dev.diagbundle.kubeconfig.file;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The content of one or several kubeconfig files.
///
/// @param files that were read, in their order
/// @param clusters by name, in the order of the files
/// @param users by name
/// @param contexts by name, in the order of the files
public record Kubeconfig(
    List<Path> files,
    Map<String, ClusterEntry> clusters,
    Map<String, UserEntry> users,
    Map<String, ContextEntry> contexts,
    Optional<String> currentContext) {
  public static final Kubeconfig EMPTY =
      new Kubeconfig(List.of(), Map.of(), Map.of(), Map.of(), Optional.empty());

  public Kubeconfig {
    files = List.copyOf(files);
    clusters = Collections.unmodifiableMap(new LinkedHashMap<>(clusters));
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
  }

  /// The reader of one entry's fields.
  private interface EntryReader<T> {
    T read(EntryFields fields) throws DiagbundleException;
  }

  /// Reads the content of a file.
  ///
  /// @throws DiagbundleException if it is not a kubeconfig
  static Kubeconfig of(Path file, byte[] content) throws DiagbundleException {
    JsonNode root;
    try {
      root = YamlTree.first(content);
    } catch (MalformedYamlException e) {
      throw new DiagbundleException(
          Problem.usage("'" + file + "' is not a kubeconfig: " + e.getMessage()), e);
    }
    if (!root.isObject() && !root.isNull() && !root.isMissingNode()) {
      throw notOne(file, "not a map");
    }
    var fields = new EntryFields(root, file, "");
    var kind = fields.text("kind").orElse("Config");
    var version = fields.text("apiVersion").orElse("v1");
    if (!kind.equals("Config") || !version.equals("v1")) {
      throw notOne(file, "kind " + kind + " of " + version + ", expected Config of v1");
    }
    return new Kubeconfig(
        List.of(file),
        entries(fields, "clusters", "cluster", ClusterEntry::of),
        entries(fields, "users", "user", UserEntry::of),
        entries(fields, "contexts", "context", ContextEntry::of),
        fields.text("current-context"));
  }

  /// The content of several files: of entries with the same name, the first one counts as a whole.
  static Kubeconfig merged(List<Kubeconfig> parts) {
    var files = new ArrayList<Path>();
    var clusters = new LinkedHashMap<String, ClusterEntry>();
    var users = new LinkedHashMap<String, UserEntry>();
    var contexts = new LinkedHashMap<String, ContextEntry>();
    for (Kubeconfig part : parts) {
      files.addAll(part.files());
      part.clusters().forEach(clusters::putIfAbsent);
      part.users().forEach(users::putIfAbsent);
      part.contexts().forEach(contexts::putIfAbsent);
    }
    var current = parts.stream().flatMap(part -> part.currentContext().stream()).findFirst();
    return new Kubeconfig(files, clusters, users, contexts, current);
  }

  /// Returns whether it defines anything.
  public boolean isEmpty() {
    return clusters.isEmpty() && users.isEmpty() && contexts.isEmpty();
  }

  private static <T> Map<String, T> entries(
      EntryFields fields, String list, String kind, EntryReader<T> reader)
      throws DiagbundleException {
    var entries = new LinkedHashMap<String, T>();
    for (var named : fields.objects(list, "an element of " + list)) {
      var name = named.text("name").orElse("");
      var owner = kind + " '" + name + "'";
      if (entries.put(name, reader.read(named.object(kind, owner))) != null) {
        throw new DiagbundleException(
            Problem.usage("kubeconfig '" + fields.file() + "': " + owner + " is defined twice"));
      }
    }
    return entries;
  }

  private static DiagbundleException notOne(Path file, String why) {
    return new DiagbundleException(Problem.usage("'" + file + "' is not a kubeconfig: " + why));
  }
}

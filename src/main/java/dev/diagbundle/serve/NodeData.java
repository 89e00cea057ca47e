package dev.diagbundle.serve;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.diagbundle.serve.http.PercentEncoding;

/// The recorded data of a node besides its API object, from `nodes/<name>/node.json`.
///
/// @param name the name of the node
/// @param windows whether it runs Windows
/// @param zone the time zone of its system clock
/// @param query the log query that its kubelet supports
/// @param address the kubelet's address and port
/// @param unreachable reason why the API server cannot reach it, as in the Go error
/// @param skew lead of its clock over the API server's
/// @param files its log files, by path below the log folder; the values are paths in the data
/// @param directories its log folders, each with a slash at its end
/// @param folderLinks symbolic links to log folders: paths below the log folder, without a slash at
///   the end; the target is empty for the log folder itself
/// @param plainListing whether listings lack the document type, as those of older kubelets do
/// @param times modification times of its files, by path
/// @param fallbackTime modification time of the other files
record NodeData(
    String name,
    boolean windows,
    ZoneId zone,
    QueryFlavor query,
    String address,
    Optional<String> unreachable,
    Duration skew,
    NavigableMap<String, String> files,
    NavigableSet<String> directories,
    NavigableMap<String, String> folderLinks,
    boolean plainListing,
    Map<String, Instant> times,
    Instant fallbackTime) {

  /// The number of links that Linux follows.
  private static final int MAX_LINKS = 40;

  /// The treatment of `/logs/?query=…`.
  enum QueryFlavor {
    /// `enableSystemLogQuery` is false: query parameters are ignored.
    OFF,
    /// The kubelet as Kubernetes ships it.
    UPSTREAM,
    /// The kubelet of OpenShift, with more options.
    OPENSHIFT
  }

  static NodeData read(ClusterData data, String name) throws IOException {
    var path = "nodes/" + name + "/node.json";
    JsonNode node = data.folder().has(path) ? data.tree(path) : MissingNode.getInstance();
    var files = files(data, name, node.path("links"));
    var times = new HashMap<String, Instant>();
    node.path("modified")
        .properties()
        .forEach(entry -> times.put(entry.getKey(), Instant.parse(entry.getValue().asText())));
    var folderLinks = new TreeMap<String, String>();
    node.path("folderLinks")
        .properties()
        .forEach(link -> folderLinks.put(link.getKey(), link.getValue().asText()));
    var skew = Duration.ofSeconds(node.path("skewSeconds").asLong(0));
    return new NodeData(
        name,
        node.path("os").asText("linux").equals("windows"),
        ZoneId.of(node.path("zone").asText("UTC")),
        QueryFlavor.valueOf(node.path("query").asText("off").toUpperCase(Locale.ROOT)),
        node.path("address").asText("127.0.0.1:10250"),
        node.path("unreachable").isTextual()
            ? Optional.of(node.path("unreachable").asText())
            : Optional.empty(),
        skew,
        files,
        directories(files, node.path("directories")),
        folderLinks,
        node.path("plainListing").asBoolean(),
        times,
        data.time().plus(skew));
  }

  private static NavigableMap<String, String> files(ClusterData data, String name, JsonNode links) {
    var files = new TreeMap<String, String>();
    var root = "nodes/" + name + "/files/";
    data.folder()
        .below(root)
        .keySet()
        .forEach(path -> files.put(path.substring(root.length()), path));
    // A name that is not valid UTF-8 can be given as a link only: neither JSON nor every disk
    // accepts it.
    links
        .properties()
        .forEach(
            link -> files.put(PercentEncoding.decode(link.getKey()), link.getValue().asText()));
    return files;
  }

  private static NavigableSet<String> directories(
      NavigableMap<String, String> files, JsonNode empty) {
    var directories = new TreeSet<String>(List.of(""));
    for (String file : files.keySet()) {
      for (int i = file.indexOf('/'); i >= 0; i = file.indexOf('/', i + 1)) {
        directories.add(file.substring(0, i + 1));
      }
    }
    empty.forEach(directory -> directories.add(directory.asText()));
    return directories;
  }

  /// The folder of its data.
  String folder() {
    return "nodes/" + name + "/";
  }

  /// The modification time of a log file or folder, by the node's clock.
  Instant modified(String path) {
    return times.getOrDefault(path, fallbackTime);
  }

  /// The path without symbolic links to folders in it; empty if they lead in circles. A link at its
  /// end stays one, unless a slash follows.
  Optional<String> resolve(String path) {
    var resolved = path;
    for (int i = 0; i < MAX_LINKS; i++) {
      var link = link(resolved);
      if (link.isEmpty()) {
        return Optional.of(resolved);
      }
      var target = folderLinks.getOrDefault(link.get(), "");
      var rest = resolved.substring(link.get().length() + 1);
      resolved = target.isEmpty() ? rest : target + "/" + rest;
    }
    return Optional.empty();
  }

  private Optional<String> link(String path) {
    return folderLinks.keySet().stream().filter(link -> path.startsWith(link + "/")).findFirst();
  }

  Instant now(Instant apiServer) {
    return apiServer.plus(skew);
  }
}

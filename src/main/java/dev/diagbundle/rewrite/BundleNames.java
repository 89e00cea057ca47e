package dev.diagbundle.rewrite;

import module java.base;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.EntryPath;

/// The names in a bundle's own records.
///
/// @param nodes names of nodes
/// @param hosts names of machines: of nodes, and of the API server
/// @param users of the requests, by their names in the kubeconfig
public record BundleNames(Set<String> nodes, Set<String> hosts, Set<String> users) {
  private static final EntryPath NODES = EntryPath.of("cluster-resources", "nodes.json");
  private static final Set<String> HOST_TYPES = Set.of("Hostname", "InternalDNS", "ExternalDNS");
  private static final JsonFactory JSON = new JsonFactory();

  public BundleNames {
    nodes = Set.copyOf(nodes);
    hosts = Set.copyOf(hosts);
    users = Set.copyOf(users);
  }

  /// The names in a bundle. A name of a node is not among the hosts.
  public static BundleNames of(BundleContents bundle) throws IOException {
    var nodes = new TreeSet<String>();
    bundle.manifest().items().stream().map(Item::node).forEach(nodes::add);
    nodes.remove("");
    var hosts = new TreeSet<String>();
    var users = new TreeSet<String>();
    for (Manifest.Part cluster : bundle.manifest().run().clusters()) {
      var objects = bundle.find(cluster.place().path(NODES));
      if (objects.isPresent()) {
        addHosts(bundle, objects.get(), hosts);
      }
      host(cluster.identity().server()).ifPresent(hosts::add);
      users.add(cluster.identity().user());
    }
    hosts.removeAll(nodes);
    users.remove("");
    return new BundleNames(nodes, hosts, users);
  }

  /// The host of a URL, unless that is an address.
  private static Optional<String> host(String url) {
    try {
      return Optional.ofNullable(URI.create(url).getHost())
          .filter(host -> !host.startsWith("[") && !host.matches("[0-9.]+"))
          .filter(host -> !host.equals("localhost"));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// An address of a node is `{"type": …, "address": …}`, in any order.
  private static void addHosts(BundleContents bundle, Entry objects, Set<String> hosts)
      throws IOException {
    try (var in = bundle.open(objects);
        JsonParser json = JSON.createParser(in)) {
      var type = "";
      var address = "";
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          type = "";
          address = "";
        } else if (token == JsonToken.VALUE_STRING && "type".equals(json.currentName())) {
          type = json.getText();
        } else if (token == JsonToken.VALUE_STRING && "address".equals(json.currentName())) {
          address = json.getText();
        } else if (token == JsonToken.END_OBJECT && HOST_TYPES.contains(type)) {
          hosts.add(address);
          type = "";
        }
      }
    }
    hosts.remove("");
  }
}

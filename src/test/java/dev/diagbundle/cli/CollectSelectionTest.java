package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.read.BundleReader;
import java.io.IOException;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whole runs of items that select objects and events by namespaces and labels.
final class CollectSelectionTest extends PodLogsFixture {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pods | {} | agent-q db-0 lone sick tick-29-z web-6b7-x1",
        "pods | excludeNamespaces: [b, kube-*] | db-0 web-6b7-x1",
        "pods | namespaces: [a, b], excludeNamespaces: [b] | db-0 web-6b7-x1",
        "pods | selector: app=web | web-6b7-x1",
        "pods | selector: '!app', excludeNamespaces: [b] | db-0 lone",
        "nodes | selector: pool=a, excludeNamespaces: ['*'] | n1",
        "services | selector: tier=none | ''"
      })
  void objectsAreKeptAsTheItemSays(String type, String selection, String expected)
      throws Exception {
    var keys = selection.equals("{}") ? "" : ", " + selection;
    var item = "  - clusterDump: { resources: [%s]%s }".formatted(type, keys);
    try (var bundle = collect(item, request -> Optional.empty())) {
      // The nodes are listed by every run, and kept unless an item says which.
      assertEquals(expected, names(bundle, type));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | e-a e-b e-default",
        "excludeNamespaces: [b] | e-a e-default",
        "namespaces: [a, b] | e-a e-b",
        "selector: team=x | e-a"
      })
  void eventsAreKeptAsTheItemSays(String selection, String expected) throws Exception {
    write(
        "answers/api/v1.json",
        """
        {"kind":"APIResourceList","groupVersion":"v1","resources":[
        {"name":"nodes","kind":"Node","namespaced":false},
        {"name":"events","kind":"Event","namespaced":true},
        {"name":"pods","kind":"Pod","namespaced":true}]}
        """);
    write(
        "objects/events.json",
        """
        {"items":[%s,%s,%s]}
        """
            .formatted(
                event("a", ",\"labels\":{\"team\":\"x\"}"), event("b", ""), event("default", "")));
    var item = "  - events: { " + selection.replace("{}", "") + " }\n  - nodeDescribe: {}";
    try (var bundle = collect(item, request -> Optional.empty())) {
      assertEquals(expected, names(bundle, "events"));
      long lines = CollectFixture.text(bundle, "events.txt").lines().skip(1).count();
      assertEquals(expected.split(" ").length, lines);
    }
  }

  private static String event(String namespace, String labels) {
    return """
    {"metadata":{"name":"e-%1$s","namespace":"%1$s"%2$s},"reason":"Test","message":"m",\
    "type":"Normal","lastTimestamp":"2026-11-21T03:30:00Z",\
    "involvedObject":{"kind":"Node","name":"n1"}}
    """
        .formatted(namespace, labels);
  }

  private static String names(BundleReader bundle, String type) throws IOException {
    var names = new TreeSet<String>();
    for (var entry : bundle.manifest().entries()) {
      var path = entry.path().value();
      if (path.matches("cluster-resources/" + type + "(/[^/]*)?\\.json")) {
        JsonNode tree = JSON.readTree(CollectFixture.text(bundle, path));
        for (JsonNode object : tree.isArray() ? tree : tree.path("items")) {
          names.add(object.path("metadata").path("name").asText());
        }
      }
    }
    return String.join(" ", names);
  }
}

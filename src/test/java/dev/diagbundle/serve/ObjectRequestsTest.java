package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObjectRequestsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private DemoClusterFixture demo;

  @BeforeEach
  void start() throws IOException {
    demo = DemoClusterFixture.start();
  }

  @AfterEach
  void stop() throws IOException {
    demo.close();
  }

  @Test
  void pagesJoinToTheWholeList() throws Exception {
    var names = new ArrayList<String>();
    var token = "";
    do {
      var page = JSON.readTree(demo.text("/api/v1/pods?limit=7&continue=" + token));
      page.path("items").forEach(pod -> names.add(name(pod)));
      token = page.at("/metadata/continue").asText();
      assertEquals(
          token.isEmpty() ? 0 : 34 - names.size(), page.at("/metadata/remainingItemCount").asInt());
    } while (!token.isEmpty());
    assertEquals(names("/api/v1/pods"), names);
    assertEquals(34, names.size());
  }

  @Test
  void pagesOfOneNamespaceJoinToo() throws Exception {
    var first = JSON.readTree(demo.text("/api/v1/namespaces/kube-system/pods?limit=4"));
    var token = first.at("/metadata/continue").asText();
    var second =
        JSON.readTree(demo.text("/api/v1/namespaces/kube-system/pods?limit=4&continue=" + token));
    assertEquals(4, first.path("items").size());
    assertEquals(2, second.path("items").size());
    assertFalse(second.path("metadata").has("continue"));
  }

  @Test
  void fieldSelectorsSelect() throws Exception {
    assertEquals(List.of("toobig"), fields("metadata.name=toobig"));
    assertEquals(
        List.of("migrate-db-lt8rz"), fields("status.phase==Succeeded,metadata.namespace!=x"));
    assertEquals(5, fields("spec.nodeName=win-1").size());
    assertEquals(List.of("db-0", "toobig"), fields("spec.nodeName=,status.phase=Pending"));
  }

  @Test
  void eventsAreSelectedByTheirObject() throws Exception {
    var selector = encode("involvedObject.name=rig-3,involvedObject.kind=Node");
    var events = JSON.readTree(demo.text("/api/v1/events?fieldSelector=" + selector));
    assertEquals(1, events.path("items").size());
  }

  @Test
  void unknownFieldsAreRefused() throws Exception {
    var answer = demo.get("/api/v1/pods?fieldSelector=spec.color%3Dred");
    assertEquals(400, answer.statusCode());
    assertTrue(
        JSON.readTree(answer.body())
            .path("message")
            .asText()
            .endsWith("field label not supported: spec.color"));
  }

  @Test
  void labelSelectorsSelect() throws Exception {
    assertEquals(3, labels("app=iis").size());
    assertEquals(5, labels("app in (iis, api)").size());
    assertEquals(2, labels("app notin (iis),app,pod-template-hash=5dd7f7d5").size());
    assertEquals(List.of("prometheus-0", "db-0"), labels("apps.kubernetes.io/pod-index<1"));
    assertEquals(34, labels("!nobody").size());
    assertEquals(0, labels("nobody,app==web").size());
  }

  @Test
  void selectedPagesHaveNoCount() throws Exception {
    var page = JSON.readTree(demo.text("/api/v1/pods?limit=2&labelSelector=app%3Diis"));
    assertEquals(2, page.path("items").size());
    assertFalse(page.path("metadata").has("remainingItemCount"));
    var rest =
        JSON.readTree(
            demo.text(
                "/api/v1/pods?limit=2&labelSelector=app%3Diis&continue="
                    + page.at("/metadata/continue").asText()));
    assertEquals(1, rest.path("items").size());
  }

  @Test
  void itemsHaveNoKindButAnObjectAloneHas() throws Exception {
    var list = JSON.readTree(demo.text("/apis/apps/v1/deployments"));
    var one = JSON.readTree(demo.text("/apis/apps/v1/namespaces/shop/deployments/iis"));
    assertFalse(list.at("/items/0").has("kind"));
    assertEquals("Deployment", one.path("kind").asText());
    assertEquals("apps/v1", one.path("apiVersion").asText());
  }

  @Test
  void missingThingsAreNotFoundInTheServersWords() throws Exception {
    assertEquals(
        "deployments.apps \"x\" not found",
        JSON.readTree(demo.text("/apis/apps/v1/namespaces/shop/deployments/x"))
            .path("message")
            .asText());
    assertEquals(
        "the server could not find the requested resource",
        JSON.readTree(demo.text("/apis/apps/v1/nosuch")).path("message").asText());
    assertEquals("404 page not found\n", demo.text("/apis/nosuch.example.com/v1/things"));
  }

  private List<String> fields(String selector) throws Exception {
    return names("/api/v1/pods?fieldSelector=" + encode(selector));
  }

  private List<String> labels(String selector) throws Exception {
    return names("/api/v1/pods?labelSelector=" + encode(selector));
  }

  private List<String> names(String path) throws Exception {
    var names = new ArrayList<String>();
    JSON.readTree(demo.text(path)).path("items").forEach(item -> names.add(name(item)));
    return names;
  }

  private static String name(JsonNode object) {
    return object.at("/metadata/name").asText();
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

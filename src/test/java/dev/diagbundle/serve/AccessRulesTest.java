package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.testing.RequiredTool;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A replayed cluster with access rules.
class AccessRulesTest {
  private static final String USER = "system:serviceaccount:shop:viewer";
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

  private static final String ROLES =
      """
      [{"kind": "ClusterRole",
        "rules": [
          {"apiGroups": [""], "resources": ["nodes/proxy"], "resourceNames": ["rig-2"],
           "verbs": ["get"]},
          {"apiGroups": ["batch"], "resources": ["*"], "verbs": ["list"]},
          {"nonResourceURLs": ["/version", "/api*"], "verbs": ["get"]}]},
       {"kind": "Role", "metadata": {"namespace": "shop"},
        "rules": [{"apiGroups": [""], "resources": ["pods", "*/log"], "verbs": ["get", "list"]}]}]
      """;

  @TempDir Path folder;
  private DemoClusterFixture demo;

  @BeforeEach
  void start() throws IOException {
    var rules = AccessRules.of(USER, new ObjectMapper().readTree(ROLES));
    demo = DemoClusterFixture.start(ReplayOptions.defaults().withRules(rules));
  }

  @AfterEach
  void stop() throws IOException {
    demo.close();
  }

  /// The bodies are those that a real API server gave such a user.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "/api/v1/nodes | {\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"nodes is forbidden: User \\\"system:serviceaccount:shop:viewer\\\" cannot list resource \\\"nodes\\\" in API group \\\"\\\" at the cluster scope\",\"reason\":\"Forbidden\",\"details\":{\"kind\":\"nodes\"},\"code\":403}",
        "/api/v1/nodes/rig-1/proxy/logs/?query=kubelet&tailLines=1 | {\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"nodes \\\"rig-1\\\" is forbidden: User \\\"system:serviceaccount:shop:viewer\\\" cannot get resource \\\"nodes/proxy\\\" in API group \\\"\\\" at the cluster scope\",\"reason\":\"Forbidden\",\"details\":{\"name\":\"rig-1\",\"kind\":\"nodes\"},\"code\":403}",
        "/api/v1/secrets | {\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"secrets is forbidden: User \\\"system:serviceaccount:shop:viewer\\\" cannot list resource \\\"secrets\\\" in API group \\\"\\\" at the cluster scope\",\"reason\":\"Forbidden\",\"details\":{\"kind\":\"secrets\"},\"code\":403}"
      })
  void refusalHasTheWordsOfTheApiServer(String path, String body) throws Exception {
    var answer = demo.get(path);
    assertEquals(403, answer.statusCode());
    assertEquals(body + "\n", new String(answer.body(), java.nio.charset.StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "/api/v1/namespaces/shop/pods?limit=1,        200",
    "/api/v1/pods,                                403",
    "/api/v1/namespaces/kube-system/pods,         403",
    "/api/v1/namespaces/shop/pods/crash/log,      200",
    "/api/v1/nodes/rig-2/proxy/configz,           200",
    "/apis/batch/v1/jobs,                         200",
    "/apis/apps/v1/deployments,                   403",
    "/apis/apps/v1,                               200",
    "/version,                                    200",
    "/livez,                                      403"
  })
  void rulesDecide(String path, int status) throws Exception {
    assertEquals(status, demo.get(path).statusCode());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "resourceAttributes | {\"verb\":\"list\",\"resource\":\"pods\",\"namespace\":\"shop\"} | true",
        "resourceAttributes | {\"verb\":\"list\",\"resource\":\"pods\"} | false",
        "resourceAttributes | {\"verb\":\"get\",\"resource\":\"nodes\",\"subresource\":\"proxy\"} | false",
        "resourceAttributes | {\"verb\":\"get\",\"resource\":\"nodes\",\"subresource\":\"proxy\",\"name\":\"rig-2\"} | true",
        "nonResourceAttributes | {\"verb\":\"get\",\"path\":\"/version\"} | true",
        "nonResourceAttributes | {\"verb\":\"get\",\"path\":\"/livez\"} | false"
      })
  void reviewsAreAnsweredByTheRules(String kind, String attributes, boolean allowed)
      throws Exception {
    var answer = post(REVIEWS, "{\"spec\":{\"" + kind + "\":" + attributes + "}}");
    assertEquals(201, answer.statusCode());
    assertEquals(allowed, json(answer).path("status").path("allowed").asBoolean());
  }

  @Test
  void nothingElseCanBePosted() throws Exception {
    assertEquals(403, post("/api/v1/namespaces", "{}").statusCode());
    assertEquals(400, post(REVIEWS, "no JSON").statusCode());
    assertEquals(400, post(REVIEWS, "{\"spec\":{}}").statusCode());
    try (var free = DemoClusterFixture.start()) {
      assertEquals(405, postTo(free.url() + "/api/v1/namespaces", "{}").statusCode());
    }
  }

  @Test
  void realClientReadsTheRefusal() throws Exception {
    var kubectl = RequiredTool.require("kubectl");
    var kubeconfig = demo.kubeconfig(folder).toString();
    var pods = kubectl.run(folder, "--kubeconfig", kubeconfig, "get", "pods", "-n", "default");
    assertEquals(
        "Error from server (Forbidden): pods is forbidden: User \""
            + USER
            + "\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"\n",
        pods.err());
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return postTo(demo.url() + path, body);
  }

  private static HttpResponse<String> postTo(String url, String body) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return new ObjectMapper().readTree(answer.body());
  }
}

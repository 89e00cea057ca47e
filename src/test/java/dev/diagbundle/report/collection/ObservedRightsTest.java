package dev.diagbundle.report.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ObservedRightsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ObservedRights rights = new ObservedRights();

  @Test
  void whatWasGrantedIsOneRowAndWhatWasRefusedComesFirst() {
    asked("/version", 200);
    asked("/api/v1/pods?limit=500", 200);
    asked("/apis/apps/v1/deployments?limit=500", 200);
    asked("/api/v1/secrets?limit=500", 403);

    assertEquals(
        List.of(
            new ObservedRights.Row("secrets", "list", "miss", "no", ""),
            new ObservedRights.Row("/version", "get", "ok", "yes", ""),
            new ObservedRights.Row("deployments.apps, pods", "list", "ok", "yes", "")),
        rights.rows());
  }

  @Test
  void whatWasRefusedSomewhereNamesThePlace() {
    asked("/api/v1/namespaces/shop/pods/web-0/log?container=app", 200);
    asked("/api/v1/namespaces/vault/pods/vault-0/log?container=app", 403);
    asked("/api/v1/nodes/n1/proxy/configz", 200);
    asked("/api/v1/nodes/n2/proxy/configz", 401);

    assertEquals(
        List.of(
            new ObservedRights.Row("nodes/proxy", "get", "part", "partly", "not for n2"),
            new ObservedRights.Row("pods/log", "get", "part", "partly", "not for vault")),
        rights.rows());
  }

  @Test
  void ofWhatWasNotAnsweredNothingIsKnown() {
    asked("/api/v1/nodes/n1/proxy/configz", 503);
    asked("/api/v1/pods", 0);
    asked("/apis/metrics.k8s.io/v1beta1/nodes", 404);

    assertEquals(List.of(), rights.rows());
  }

  private void asked(String url, int status) {
    rights.add(JSON.createObjectNode().put("method", "GET").put("url", url).put("status", status));
  }
}

package dev.diagbundle.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AccessRightTest {
  /// The cases of `TestGetAPIRequestInfo` in `k8s.io/apiserver` that this project can meet.
  @ParameterizedTest
  @CsvSource({
    "GET,  /api/v1/nodes,                              list nodes",
    "GET,  /api/v1/nodes/,                             list nodes",
    "HEAD, /api/v1/nodes/rig-1,                        get nodes rig-1",
    "GET,  /api/v1/nodes/rig-1/proxy/logs/a/b,         get nodes/proxy rig-1",
    "GET,  /api/v1/namespaces,                         list namespaces",
    "GET,  /api/v1/namespaces/shop,                    get namespaces shop in shop",
    "GET,  /api/v1/namespaces/shop/status,             get namespaces/status shop in shop",
    "GET,  /api/v1/namespaces/shop/pods,               list pods in shop",
    "GET,  /api/v1/namespaces/shop/pods/web/log,       get pods/log web in shop",
    "GET,  /apis/apps/v1/namespaces/shop/deployments,  list deployments.apps in shop",
    "POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews, "
        + "create selfsubjectaccessreviews.authorization.k8s.io",
    "GET,  /apis,                                      get /apis",
    "GET,  /apis/apps/v1,                              get /apis/apps/v1",
    "GET,  /api/v1,                                    get /api/v1",
    "GET,  /livez/ping,                                get /livez/ping",
    "GET,  /,                                          get /"
  })
  void rightIsTakenFromTheRequest(String method, String path, String text) {
    assertEquals(text, AccessRight.ofRequest(method, path).text());
  }

  @Test
  void rightOverAllCoversTheOne() {
    var all = new AccessRight.OnObjects("get", "", "pods", "log", "", "");
    var inShop = new AccessRight.OnObjects("get", "", "pods", "log", "shop", "");
    var one = AccessRight.ofRequest("GET", "/api/v1/namespaces/shop/pods/web/log");
    assertTrue(all.covers(one));
    assertTrue(inShop.covers(one));
    assertFalse(one.covers(inShop));
    assertFalse(all.covers(AccessRight.list("", "pods", "shop")));
    assertFalse(
        new AccessRight.OnObjects("get", "", "pods", "", "", "").covers(one), "no subresource");
  }

  @Test
  void starAtTheEndOfAPathStandsForAnything() {
    var discovery = new AccessRight.OnPath("get", "/apis/*");
    assertTrue(discovery.covers(new AccessRight.OnPath("get", "/apis/apps/v1")));
    assertFalse(discovery.covers(new AccessRight.OnPath("get", "/apis")));
    assertFalse(discovery.covers(new AccessRight.OnPath("post", "/apis/apps/v1")));
  }
}

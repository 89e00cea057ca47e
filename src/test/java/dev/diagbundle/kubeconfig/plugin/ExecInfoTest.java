package dev.diagbundle.kubeconfig.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The texts are those that the real kubectl 1.32 passes on.
final class ExecInfoTest {
  private static final String V1 = "client.authentication.k8s.io/v1";

  @Test
  void clusterIsLeftOutUnlessWanted() {
    assertEquals(
        "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
            + "\"spec\":{\"interactive\":true}}\n",
        ExecInfo.of(V1, true, Optional.empty()));
  }

  @Test
  void clusterIsTold() throws Exception {
    var config =
        new ObjectMapper()
            .readTree("{\"z\":1,\"a\":[1,2.5,true,null,{\"b\":\"<c>\"}],\"e\":\"é\u2028&\"}");
    var cluster =
        new ClusterInfo(
            "https://127.0.0.1:18443/a/b/",
            Optional.of("localhost"),
            true,
            Optional.of("PEM\u00e9"),
            Optional.of("http://127.0.0.1:9"),
            true,
            Optional.of(config));
    assertEquals(
        "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
            + "\"spec\":{\"cluster\":{\"server\":\"https://127.0.0.1:18443/a/b/\","
            + "\"tls-server-name\":\"localhost\",\"insecure-skip-tls-verify\":true,"
            + "\"certificate-authority-data\":\"UEVN6Q==\",\"proxy-url\":\"http://127.0.0.1:9\","
            + "\"disable-compression\":true,"
            + "\"config\":{\"a\":[1,2.5,true,null,{\"b\":\"\\u003cc\\u003e\"}],"
            + "\"e\":\"é\\u2028\\u0026\",\"z\":1}},\"interactive\":false}}\n",
        ExecInfo.of(V1, false, Optional.of(cluster)));
  }

  @Test
  void clusterWithoutExtensionHasNoConfig() {
    var none = Optional.<String>empty();
    var cluster = new ClusterInfo("https://a", none, false, none, none, false, Optional.empty());
    assertEquals(
        "{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\","
            + "\"spec\":{\"cluster\":{\"server\":\"https://a\",\"config\":null},"
            + "\"interactive\":false}}\n",
        ExecInfo.of(V1, false, Optional.of(cluster)));
  }
}

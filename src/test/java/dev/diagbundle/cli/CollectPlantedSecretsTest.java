package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.serve.DemoClusterFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Values that are planted wherever objects keep secrets, and looked for in every byte of a bundle.
final class CollectPlantedSecretsTest {
  /// Every planted value has this in it.
  private static final String PLANTED = "pLaNtEd";

  private static final String HIDDEN =
      Base64.getEncoder().encodeToString((PLANTED + "-1").getBytes(StandardCharsets.UTF_8));

  /// A release of Helm, or a copy that Rancher keeps.
  private static final String PACKED = packed("{\"password\":\"pLaNtEd-9\"}");

  private static final String LAST_APPLIED =
      "\"annotations\":{\"keep\":\"this\",\"kubectl.kubernetes.io/last-applied-configuration\":"
          + "\"{\\\"KEY\\\":\\\"pLaNtEd-2\\\"}\"}";

  @TempDir private Path folder = Path.of("");

  @Test
  void noPlantedValueIsInAnyByteOfABundle() throws Exception {
    var file = collect();
    try (var bundle = BundleReader.open(file)) {
      for (var entry : bundle.manifest().entries()) {
        assertClean(entry.path().value(), CollectFixture.text(bundle, entry.path().value()));
      }
      for (String closing : new String[] {"manifest.json", "index.html"}) {
        var packed =
            dev.diagbundle.testing.RequiredTool.require("tar")
                .run(folder, "xzOf", file.toString(), "--wildcards", "*/" + closing);
        assertFalse(packed.out().isEmpty(), closing);
        assertClean(closing, packed.out());
      }
      var secrets = CollectFixture.text(bundle, "cluster-resources/secrets/a.json");
      assertTrue(
          secrets.contains(
              "\"diagbundle.dev/value-sizes\":\"password (9 bytes), second (9 bytes)\""),
          secrets);
      var pods = CollectFixture.text(bundle, "cluster-resources/pods/a.json");
      assertTrue(
          pods.contains("{\"name\":\"DB_PASSWORD\",\"value\":\"(9 bytes, not collected)\"}"));
      assertTrue(pods.contains("{\"name\":\"PORT\",\"value\":\"8080\"}"), pods);
      assertTrue(pods.contains("\"keep\":\"this\""), pods);
      var maps = CollectFixture.text(bundle, "cluster-resources/configmaps/a.json");
      assertTrue(maps.contains("\"visible\":\"yes\""), maps);
      assertTrue(maps.contains("\"any\":\"(9 bytes, not collected)\""), maps);
    }
  }

  private static void assertClean(String path, String text) {
    assertFalse(text.contains(PLANTED), path);
    assertFalse(text.contains(HIDDEN), path);
    assertFalse(text.contains(PACKED), path);
  }

  private static String packed(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }

  private Path collect() throws Exception {
    var profile = folder.resolve("all.yaml");
    Files.writeString(
        profile,
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: all
        collect:
          - nodeDescribe: {}
          - clusterDump: { resources: ["*"] }
        """);
    var file = folder.resolve("all.tar.gz");
    try (var server = DemoClusterFixture.start(write())) {
      var run =
          Run.of(
              "collect",
              "-q",
              "-p",
              profile.toString(),
              "--kubeconfig",
              kubeconfig(folder, server.url().toString(), "", "token: abc").toString(),
              "-o",
              file.toString());
      assertEquals(ExitCode.OK, run.code(), run.err());
    }
    return file;
  }

  private Path write() throws IOException {
    var cluster = new LargeCluster(1, 0, 1).write(folder.resolve("cluster"));
    file(cluster, "answers/api.json", "{\"kind\":\"APIVersions\",\"versions\":[\"v1\"]}");
    file(
        cluster,
        "answers/apis.json",
        "{\"kind\":\"APIGroupList\",\"groups\":[{\"name\":\"apps\",\"versions\":[{\"groupVersion\":"
            + "\"apps/v1\",\"version\":\"v1\"}]}]}");
    file(
        cluster, "answers/api/v1.json", served("nodes", "pods", "events", "secrets", "configmaps"));
    file(cluster, "answers/apis/apps/v1.json", served("deployments"));
    var env =
        "{\"containers\":[{\"name\":\"c\",\"env\":[{\"name\":\"DB_PASSWORD\",\"value\":"
            + "\"pLaNtEd-3\"},{\"name\":\"PORT\",\"value\":\"8080\"}]}]}";
    list(cluster, "pods", "p", "env", "\"spec\":" + env);
    var manifests =
        "\"manifests\":[{\"kind\":\"Secret\",\"stringData\":{\"k\":\"pLaNtEd-8\"}},\""
            + PACKED
            + "\"]";
    var template = "\"template\":{\"spec\":" + env + "}";
    list(cluster, "deployments.apps", "d", "env", "\"spec\":{" + template + "," + manifests + "}");
    list(
        cluster,
        "secrets",
        "s",
        "data",
        "\"data\":{\"password\":\"" + HIDDEN + "\"},\"stringData\":{\"second\":\"pLaNtEd-4\"}");
    list(
        cluster,
        "configmaps",
        "db-credentials",
        "data",
        "\"data\":{\"any\":\"pLaNtEd-5\"}},{\"metadata\":{\"name\":\"settings\",\"namespace\":\"a\","
            + "\"annotations\":{\"rio.cattle.io/applied\":\""
            + PACKED
            + "\",\"x.org/db-password\":\"pLaNtEd-7\"}},\"binaryData\":{\"b\":\""
            + HIDDEN
            + "\"},\"data\":{\"visible\":\"yes\",\"api_key\":\"pLaNtEd-6\",\"release\":\""
            + PACKED
            + "\"}");
    return cluster;
  }

  private static void list(Path cluster, String plural, String name, String key, String rest)
      throws IOException {
    file(
        cluster,
        "objects/" + plural + ".json",
        "{\"items\":[{\"metadata\":{\"name\":\"%s\",\"namespace\":\"a\",%s},%s}]}"
            .formatted(name, LAST_APPLIED.replace("KEY", key), rest));
  }

  private static String served(String... plurals) {
    var resources =
        Stream.of(plurals)
            .map(plural ->
                "{\"name\":\"%s\",\"kind\":\"K\",\"namespaced\":%s,\"verbs\":[\"list\"]}"
                    .formatted(plural, !plural.equals("nodes")))
            .toList();
    return "{\"resources\":" + resources + "}";
  }

  private static void file(Path cluster, String path, String text) throws IOException {
    var file = cluster.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}

package dev.diagbundle.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoClusterTest {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  @Test
  void dateHeaderIsTheTimeOfTheRecording() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      assertEquals("Sat, 21 Nov 2026 03:15:04 GMT", header(demo, "/version", "Date"));
    }
  }

  @Test
  void answersOfTheWindowsNodeCarryItsSkewedClock() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      assertEquals(
          "Sat, 21 Nov 2026 03:14:26 GMT",
          header(demo, "/api/v1/nodes/win-1/proxy/healthz", "Date"));
    }
  }

  @Test
  void everyUidIsUniqueAndEveryOwnerExists() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      Map<String, String> names = new HashMap<>();
      List<JsonNode> owners = new ArrayList<>();
      for (JsonNode object : everything(demo)) {
        var metadata = object.path("metadata");
        var previous = names.put(metadata.path("uid").asText(), metadata.path("name").asText());
        assertEquals(null, previous, "the same uid: " + metadata.path("name"));
        metadata.path("ownerReferences").forEach(owners::add);
      }
      for (JsonNode owner : owners) {
        assertEquals(owner.path("name").asText(), names.get(owner.path("uid").asText()));
      }
      assertFalse(owners.isEmpty());
    }
  }

  @Test
  void nothingIsYoungerThanTheRecording() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      for (JsonNode object : everything(demo)) {
        var created = object.at("/metadata/creationTimestamp").asText();
        assertTrue(created.compareTo("2026-11-21T03:15:04Z") <= 0, created);
      }
    }
  }

  @Test
  void everyRunningContainerOfAReachableNodeHasALog() throws Exception {
    try (var demo = DemoClusterFixture.start()) {
      for (JsonNode pod : items(demo, "/api/v1/pods")) {
        for (JsonNode status : pod.at("/status/containerStatuses")) {
          if (status.at("/state/running").isObject()
              && !pod.at("/spec/nodeName").asText().equals("rig-3")) {
            var path =
                "/api/v1/namespaces/%s/pods/%s/log?container=%s"
                    .formatted(
                        pod.at("/metadata/namespace").asText(),
                        pod.at("/metadata/name").asText(),
                        status.path("name").asText());
            var answer = demo.get(path);
            assertEquals(200, answer.statusCode(), path);
            assertFalse(demo.text(path).startsWith("unable to retrieve"), path);
          }
        }
      }
    }
  }

  @Test
  void demoIsReadFromInsideAJarToo() throws Exception {
    var jar = folder.resolve("a folder/diagbundle.jar");
    Files.createDirectories(jar.getParent());
    var classes = Path.of("target/classes");
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, new OnlyLibraries())) {
      var type = loader.loadClass(ClusterData.class.getName());
      try (var data = (AutoCloseable) type.getMethod("demo").invoke(null)) {
        assertEquals("2026-11-21T03:15:04Z", type.getMethod("time").invoke(data).toString());
      }
    }
    try (var data = DataFolder.jar(jar, "demo-cluster/");
        var reader = ObjectFile.read(data, "objects/pods.json").reader()) {
      var file = ObjectFile.read(data, "objects/pods.json");
      for (var slice : file.list("", "")) {
        var pod = JSON.readTree(reader.read(slice));
        assertEquals(slice.name(), pod.at("/metadata/name").asText());
      }
    }
  }

  /// Hides our own classes, so that they are loaded from the jar.
  private static final class OnlyLibraries extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("dev.diagbundle.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public @Nullable URL getResource(String name) {
      return null;
    }
  }

  private static List<JsonNode> everything(DemoClusterFixture demo) throws Exception {
    var all = new ArrayList<JsonNode>();
    var roots = new ArrayList<>(List.of("/api/v1"));
    for (JsonNode group : JSON.readTree(demo.text("/apis")).path("groups")) {
      roots.add("/apis/" + group.at("/preferredVersion/groupVersion").asText());
    }
    var seen = new HashSet<String>();
    for (String root : roots) {
      for (JsonNode resource : JSON.readTree(demo.text(root)).path("resources")) {
        var name = resource.path("name").asText();
        if (!name.contains("/") && seen.add(name)) {
          all.addAll(items(demo, root + "/" + name));
        }
      }
    }
    return all;
  }

  private static List<JsonNode> items(DemoClusterFixture demo, String path) throws Exception {
    var answer = demo.get(path);
    assertEquals(200, answer.statusCode(), path);
    var items = new ArrayList<JsonNode>();
    JSON.readTree(answer.body()).path("items").forEach(items::add);
    return items;
  }

  private static String header(DemoClusterFixture demo, String path, String name)
      throws IOException, InterruptedException {
    return demo.get(path).headers().firstValue(name).orElse("");
  }
}

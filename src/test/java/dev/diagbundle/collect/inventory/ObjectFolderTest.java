package dev.diagbundle.collect.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.bundle.manifest.ObjectFolder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Where objects are looked for, against where they are put.
final class ObjectFolderTest {
  @Test
  void everyKnownTypeIsFoundWhereItIsPut() {
    for (ResourceType type : ResourceType.wellKnown()) {
      for (String name : List.of(type.plural(), type.name())) {
        var below = type.entry("shop").value().substring("cluster-resources/".length());
        assertTrue(ObjectFolder.of(name).holds(below), () -> name + " in " + below);
        if (!type.isBareArray()) {
          assertEquals(type.kind(), ObjectFolder.of(name).kind());
          assertEquals(type.name(), ObjectFolder.of(name).item());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pods/logs/shop/web/app.json",
        "podsecurity/shop.json",
        "pods/shop.txt",
        "custom-resources/pods.metrics.k8s.io/shop.json"
      })
  void othersAreNotTakenForPods(String path) {
    assertFalse(ObjectFolder.of("pods").holds(path), path);
  }

  @Test
  void typeOfAnotherGroupIsNoOtherOfItsName() {
    var services = ObjectFolder.of("services.serving.knative.dev");
    assertTrue(services.holds("custom-resources/services.serving.knative.dev/shop.json"));
    assertFalse(services.holds("services/shop.json"));
    assertTrue(ObjectFolder.of("pods.metrics.k8s.io").holds("metrics/pods/shop.json"));
    assertTrue(ObjectFolder.of("nodes.metrics.k8s.io").holds("metrics/nodes.json"));
    assertTrue(ObjectFolder.of("ippools").holds("custom-resources/ippools.projectcalico.org.json"));
  }
}

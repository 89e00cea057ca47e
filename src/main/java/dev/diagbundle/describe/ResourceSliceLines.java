package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The device pools of a node, from its resource slices.
final class ResourceSliceLines {
  private static final int MAX_POOLS = 10;

  private ResourceSliceLines() {}

  static void render(TabbedText text, List<JsonNode> slices) throws IOException {
    if (slices.isEmpty()) {
      return;
    }
    var pools = new TreeMap<String, Pool>(GoText.ORDER);
    for (var slice : slices) {
      var driver = TypedFields.text(slice, "spec", "driver");
      var pool = TypedFields.text(slice, "spec", "pool", "name");
      int devices = TypedFields.items(slice, "spec", "devices").size();
      pools.merge(driver + "/" + pool, new Pool(driver, pool, 1, devices), Pool::plus);
    }
    text.line(0, "Node-Local ResourceSlices:");
    text.line(1, "Driver", "Pool", "Slices", "Devices");
    text.line(1, "------", "----", "------", "-------");
    for (var pool : pools.values().stream().limit(MAX_POOLS).toList()) {
      text.line(
          1, pool.driver, pool.name, String.valueOf(pool.slices), String.valueOf(pool.devices));
    }
    if (pools.size() > MAX_POOLS) {
      text.line(1, "...and " + (pools.size() - MAX_POOLS) + " more pools");
    }
  }

  private record Pool(String driver, String name, int slices, int devices) {
    private Pool plus(Pool other) {
      return new Pool(driver, name, slices + other.slices, devices + other.devices);
    }
  }
}

package dev.diagbundle.collect.inventory;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// A JSON tree as compressed text, which takes far less memory than the tree.
public final class PackedJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final byte[] bytes;

  private PackedJson(byte[] bytes) {
    this.bytes = bytes;
  }

  static PackedJson of(JsonNode tree) {
    var packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      JSON.writeValue(out, tree);
    } catch (IOException e) {
      throw new UncheckedIOException("packing into memory", e);
    }
    return new PackedJson(packed.toByteArray());
  }

  /// Its size in bytes.
  int size() {
    return bytes.length;
  }

  /// A new tree that equals the one that was packed.
  public JsonNode tree() {
    try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("unpacking from memory", e);
    }
  }
}

package dev.diagbundle.profile.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The JSON Schema (draft 2020-12) of profiles, for editors and for checks outside of diagbundle.
/// It accepts every valid profile; `diagbundle validate` finds more problems than it can express.
public final class ProfileSchema {
  private final ObjectNode definitions = JsonNodeFactory.instance.objectNode();

  private ProfileSchema() {}

  /// The schema as indented JSON with a line break at its end.
  public static String json() {
    return new ProfileSchema().root().toPrettyString().replace("\r\n", "\n") + "\n";
  }

  private ObjectNode root() {
    var root = JsonNodeFactory.instance.objectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", "https://diagbundle.dev/schema/v1/profile.schema.json");
    root.put("title", "diagbundle profile");
    root.setAll(map(ProfileFormat.PROFILE));
    root.set("$defs", definitions);
    return root;
  }

  private ObjectNode schema(Shape shape) {
    var schema = JsonNodeFactory.instance.objectNode();
    switch (shape) {
      case Shape.Text(TextForm form) -> text(schema, form);
      case Shape.Constant(String value) -> schema.put("const", value);
      case Shape.WholeNumber(int min, int max) ->
          schema.put("type", "integer").put("minimum", min).put("maximum", max);
      case Shape.Decimal(double min, double max) ->
          schema.put("type", "number").put("minimum", min).put("maximum", max);
      case Shape.Flag() -> schema.put("type", "boolean");
      case Shape.AnyValue() -> schema.putArray("type").add("string").add("number").add("boolean");
      case Shape.ListOf list -> list(schema, list);
      case Shape.MapOf map -> {
        if (!definitions.has(map.name())) {
          definitions.set(map.name(), map(map));
        }
        schema.put("$ref", "#/$defs/" + map.name());
      }
      case Shape.AnItem() -> {
        schema.put("type", "object").put("minProperties", 1).put("maxProperties", 1);
        schema.put("additionalProperties", false);
        var kinds = schema.putObject("properties");
        for (var kind : ItemFormat.ALL) {
          var reference = schema(kind.shape());
          kinds.set(kind.name(), reference.put("description", kind.shape().description()));
        }
      }
    }
    return schema;
  }

  private static void text(ObjectNode schema, TextForm form) {
    if (form.numberToo()) {
      schema.putArray("type").add("string").add("integer");
      schema.put("minimum", 1);
    } else {
      schema.put("type", "string");
    }
    schema.put("pattern", form.pattern()).put("maxLength", form.maxLength());
    schema.putArray("examples").add(form.example());
  }

  private void list(ObjectNode schema, Shape.ListOf list) {
    var array = list.loneElement() ? JsonNodeFactory.instance.objectNode() : schema;
    array.put("type", "array").put("minItems", 1).put("maxItems", Shape.ListOf.MAX);
    array.set("items", schema(list.element()));
    if (list.loneElement()) {
      schema.putArray("anyOf").add(schema(list.element())).add(array);
    }
  }

  private ObjectNode map(Shape.MapOf map) {
    var schema = JsonNodeFactory.instance.objectNode();
    if (map.mayBeEmpty()) {
      schema.putArray("type").add("object").add("null");
    } else {
      schema.put("type", "object");
    }
    schema.put("description", map.description());
    schema.put("additionalProperties", false);
    var properties = schema.putObject("properties");
    var required = JsonNodeFactory.instance.arrayNode();
    for (var key : map.keys()) {
      var fallback = key.fallback().isEmpty() ? "" : " Without it: " + key.fallback() + ".";
      properties.set(
          key.name(), schema(key.shape()).put("description", key.description() + fallback));
      if (key.required()) {
        required.add(key.name());
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    if (!map.atLeastOneOf().isEmpty()) {
      var anyOf = schema.putArray("anyOf");
      map.atLeastOneOf().forEach(name -> anyOf.addObject().putArray("required").add(name));
    }
    return schema;
  }
}

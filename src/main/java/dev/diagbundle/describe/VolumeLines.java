package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// The volumes in the description of a pod.
final class VolumeLines {
  private static final int MAX_ATTRIBUTE_BYTES = 140;

  // kubectl writes the rest of some lines in parts and indents every part.
  private static final String PART = "    ";

  private VolumeLines() {}

  /// @param indent of the title; empty for a pod, two blanks for a template
  static void render(TabbedText text, String indent, List<JsonNode> volumes) throws IOException {
    if (volumes.isEmpty()) {
      text.line(0, indent + "Volumes:", "<none>");
      return;
    }
    text.line(0, indent + "Volumes:");
    var nameIndent = indent.isEmpty() ? "" : " ";
    for (var volume : volumes) {
      text.line(1, nameIndent + JsonFields.text(volume, "name") + ":");
      var kind =
          VolumeKind.ALL.stream()
              .filter(known -> JsonFields.has(volume, known.field()))
              .findFirst();
      if (kind.isEmpty()) {
        text.line(1, "<unknown>");
        continue;
      }
      var source = volume.path(kind.get().field());
      text.line(2, "Type:", kind.get().title());
      for (var line : kind.get().lines()) {
        text.line(2, line.title(), line.value().apply(source));
      }
      switch (kind.get().field()) {
        case "projected" -> projected(text, source);
        case "downwardAPI" -> downward(text, source);
        case "csi" -> attributes(text, JsonFields.sorted(source, "volumeAttributes"));
        case "ephemeral" -> claim(text, source.path("volumeClaimTemplate"));
        default -> {
          // The lines of the table are all.
        }
      }
    }
  }

  private static void projected(TabbedText text, JsonNode source) throws IOException {
    for (var part : JsonFields.items(source, "sources")) {
      if (JsonFields.has(part, "secret")) {
        named(text, "SecretName:", part.path("secret"));
      } else if (JsonFields.has(part, "downwardAPI")) {
        text.line(2, "DownwardAPI:", "true");
      } else if (JsonFields.has(part, "configMap")) {
        named(text, "ConfigMapName:", part.path("configMap"));
      } else if (JsonFields.has(part, "serviceAccountToken")) {
        var token = part.path("serviceAccountToken");
        var seconds = String.valueOf(JsonFields.number(token, "expirationSeconds"));
        text.line(2, "TokenExpirationSeconds:", seconds);
      }
    }
  }

  private static void named(TabbedText text, String title, JsonNode part) throws IOException {
    text.line(2, title, JsonFields.text(part, "name"));
    text.line(2, "Optional:", String.valueOf(JsonFields.isTrue(part, "optional")));
  }

  private static void downward(TabbedText text, JsonNode source) throws IOException {
    text.line(2, "Items:");
    for (var item : JsonFields.items(source, "items")) {
      var path = JsonFields.text(item, "path");
      if (JsonFields.has(item, "fieldRef")) {
        text.line(3, JsonFields.text(item, "fieldRef", "fieldPath") + " -> " + path);
      }
      if (JsonFields.has(item, "resourceFieldRef")) {
        text.line(3, JsonFields.text(item, "resourceFieldRef", "resource") + " -> " + path);
      }
    }
  }

  private static void attributes(TabbedText text, Map<String, JsonNode> attributes)
      throws IOException {
    if (attributes.isEmpty()) {
      text.line(2, "VolumeAttributes:", "<none>");
      return;
    }
    var title = "VolumeAttributes:";
    for (var attribute : attributes.entrySet()) {
      var line = attribute.getKey() + "=" + JsonFields.text(attribute.getValue());
      text.line(2, title, PART + GoText.shorten(line, MAX_ATTRIBUTE_BYTES));
      title = PART;
    }
  }

  /// The claim that is made for an ephemeral volume.
  private static void claim(TabbedText text, JsonNode template) throws IOException {
    if (!template.isObject()) {
      return;
    }
    var spec = template.path("spec");
    var metadata = template.path("metadata");
    text.line(2, "StorageClass:", ClaimLines.storageClass(template));
    var volume = JsonFields.text(spec, "volumeName");
    text.line(2, "Volume:", volume);
    members(text, "Labels:", "=", JsonFields.sorted(metadata, "labels"));
    members(text, "Annotations:", ": ", JsonFields.sorted(metadata, "annotations"));
    text.line(2, "Capacity:", volume.isEmpty() ? "" : "0");
    text.line(2, "Access Modes:", "");
    if (JsonFields.has(spec, "volumeMode")) {
      text.line(2, "VolumeMode:", JsonFields.text(spec, "volumeMode"));
    }
    ClaimLines.source(text, 2, spec);
  }

  private static void members(
      TabbedText text, String title, String separator, Map<String, JsonNode> members)
      throws IOException {
    if (members.isEmpty()) {
      text.line(2, title, PART + "<none>");
      return;
    }
    var start = title;
    for (var member : members.entrySet()) {
      var value = JsonFields.text(member.getValue());
      text.line(2, start, PART + member.getKey() + separator + value);
      start = PART;
    }
  }
}

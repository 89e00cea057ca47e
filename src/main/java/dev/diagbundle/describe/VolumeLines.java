package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.GoText;
import dev.diagbundle.describe.kubectl.TabbedText;
import dev.diagbundle.describe.kubectl.TypedFields;

/// The volumes in the description of a pod.
final class VolumeLines {
  private static final int MAX_ATTRIBUTE_BYTES = 140;

  // kubectl writes the rest of some lines in parts and indents every part.
  private static final String PART = "    ";

  private VolumeLines() {}

  /// @param indent of the title; empty for a pod, two spaces for a template
  static void render(TabbedText text, String indent, List<JsonNode> volumes) throws IOException {
    if (volumes.isEmpty()) {
      text.line(0, indent + "Volumes:", "<none>");
      return;
    }
    text.line(0, indent + "Volumes:");
    var nameIndent = indent.isEmpty() ? "" : " ";
    for (var volume : volumes) {
      text.line(1, nameIndent + TypedFields.text(volume, "name") + ":");
      var kind =
          VolumeKind.ALL.stream()
              .filter(known -> TypedFields.has(volume, known.field()))
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
        case "csi" -> attributes(text, TypedFields.sorted(source, "volumeAttributes"));
        case "ephemeral" -> claim(text, source.path("volumeClaimTemplate"));
        default -> {
          // The lines of the table are all.
        }
      }
    }
  }

  private static void projected(TabbedText text, JsonNode source) throws IOException {
    for (var part : TypedFields.items(source, "sources")) {
      if (TypedFields.has(part, "secret")) {
        named(text, "SecretName:", part.path("secret"));
      } else if (TypedFields.has(part, "downwardAPI")) {
        text.line(2, "DownwardAPI:", "true");
      } else if (TypedFields.has(part, "configMap")) {
        named(text, "ConfigMapName:", part.path("configMap"));
      } else if (TypedFields.has(part, "serviceAccountToken")) {
        var token = part.path("serviceAccountToken");
        var seconds = String.valueOf(TypedFields.number(token, "expirationSeconds"));
        text.line(2, "TokenExpirationSeconds:", seconds);
      }
    }
  }

  private static void named(TabbedText text, String title, JsonNode part) throws IOException {
    text.line(2, title, TypedFields.text(part, "name"));
    text.line(2, "Optional:", String.valueOf(TypedFields.isTrue(part, "optional")));
  }

  private static void downward(TabbedText text, JsonNode source) throws IOException {
    text.line(2, "Items:");
    for (var item : TypedFields.items(source, "items")) {
      var path = TypedFields.text(item, "path");
      if (TypedFields.has(item, "fieldRef")) {
        text.line(3, TypedFields.text(item, "fieldRef", "fieldPath") + " -> " + path);
      }
      if (TypedFields.has(item, "resourceFieldRef")) {
        text.line(3, TypedFields.text(item, "resourceFieldRef", "resource") + " -> " + path);
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
      var line = attribute.getKey() + "=" + TypedFields.text(attribute.getValue());
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
    var volume = TypedFields.text(spec, "volumeName");
    text.line(2, "Volume:", volume);
    members(text, "Labels:", "=", TypedFields.sorted(metadata, "labels"));
    members(text, "Annotations:", ": ", TypedFields.sorted(metadata, "annotations"));
    text.line(2, "Capacity:", volume.isEmpty() ? "" : "0");
    text.line(2, "Access Modes:", "");
    if (TypedFields.has(spec, "volumeMode")) {
      text.line(2, "VolumeMode:", TypedFields.text(spec, "volumeMode"));
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
      var value = TypedFields.text(member.getValue());
      text.line(2, start, PART + member.getKey() + separator + value);
      start = PART;
    }
  }
}

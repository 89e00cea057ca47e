package dev.diagbundle.describe;

import static dev.diagbundle.describe.Dice.object;

import java.util.List;
import java.util.Map;

/// Volumes of the kinds that clusters still have.
record GeneratedVolumes(Dice dice) {
  Map<String, Object> volume() {
    var volume = object("name", dice.word());
    switch (dice.number(13)) {
      case 0 -> volume.put("hostPath", object("path", "/x", "type", dice.maybe(() -> "Directory")));
      case 1 ->
          volume.put(
              "emptyDir",
              object("medium", dice.maybe(() -> "Memory"), "sizeLimit", dice.maybe(dice::amount)));
      case 2 -> volume.put("secret", object("secretName", dice.word(), "optional", optional()));
      case 3 -> volume.put("configMap", object("name", dice.word(), "optional", optional()));
      case 4 -> volume.put("nfs", object("server", "s", "path", "/p", "readOnly", optional()));
      case 5 -> volume.put("persistentVolumeClaim", object("claimName", claim()));
      case 6 ->
          volume.put(
              "downwardAPI",
              object(
                  "items",
                  dice.some(
                      2,
                      () ->
                          object(
                              "path", dice.word(),
                              "fieldRef", object("fieldPath", "metadata.labels")))));
      case 7 ->
          volume.put(
              "csi",
              object(
                  "driver", dice.word(),
                  "fsType", dice.maybe(() -> "ext4"),
                  "readOnly", dice.maybe(() -> dice.once(2)),
                  "volumeAttributes", attributes()));
      case 8 -> volume.put("projected", object("sources", dice.some(4, this::source)));
      case 9 -> volume.put("image", object("reference", "r", "pullPolicy", "Always"));
      case 10 ->
          volume.put("ephemeral", object("volumeClaimTemplate", dice.once(5) ? null : template()));
      case 11 ->
          volume.put(
              "iscsi",
              object(
                  "targetPortal", "1.2.3.4:3260",
                  "iqn", "iqn",
                  "lun", dice.number(3),
                  "portals", dice.some(2, () -> "p"),
                  "secretRef", dice.maybe(() -> object("name", "chap"))));
      default -> {
        // A kind that this kubectl does not know.
      }
    }
    return volume;
  }

  String claim() {
    return "claim-" + dice.number(10);
  }

  private Boolean optional() {
    return dice.once(2);
  }

  private Map<String, String> attributes() {
    var attributes = dice.labels(2);
    if (dice.once(2)) {
      attributes.put("long", "0123456789".repeat(20));
    }
    return attributes;
  }

  private Map<String, Object> source() {
    boolean old = dice.minor() < 33;
    return switch (dice.number(old ? 2 : 4)) {
      case 0 -> object("downwardAPI", Map.of());
      case 1 -> object("serviceAccountToken", object("path", "t", "expirationSeconds", 3607));
      case 2 -> object("secret", object("name", dice.word(), "optional", optional()));
      default -> object("configMap", object("name", dice.word(), "optional", optional()));
    };
  }

  Map<String, Object> template() {
    return object(
        "metadata", object("labels", dice.labels(2), "annotations", dice.labels(2)),
        "spec", claimSpec());
  }

  Map<String, Object> claimSpec() {
    return object(
        "accessModes", dice.some(2, () -> dice.one(List.of("ReadWriteOnce", "ReadWriteMany"))),
        "resources", object("requests", dice.maybe(() -> Map.of("storage", dice.amount()))),
        "storageClassName", dice.maybe(dice::word),
        "volumeName", dice.maybe(() -> "pv-1"),
        "volumeMode", dice.maybe(() -> "Block"),
        "dataSource",
            dice.once(3)
                ? object(
                    "apiGroup", dice.maybe(() -> "snapshot.storage.k8s.io"),
                    "kind", "VolumeSnapshot",
                    "name", dice.word())
                : null);
  }
}

package dev.diagbundle.describe;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.describe.kubectl.TypedFields;
import dev.diagbundle.model.Quantity;

/// The lines that kubectl prints for volumes of one kind.
///
/// @param field of the volume, which holds its source
/// @param title the name and description of the kind
record VolumeKind(String field, String title, List<Line> lines) {
  /// One line about the source of a volume.
  record Line(String title, Function<JsonNode, String> value) {}

  /// All kinds, in the order in which kubectl checks them.
  static final List<VolumeKind> ALL =
      List.of(
          kind(
              "hostPath",
              "HostPath (bare host directory volume)",
              text("Path:", "path"),
              orElse("HostPathType:", "type", "<none>")),
          kind(
              "emptyDir",
              "EmptyDir (a temporary directory that shares a pod's lifetime)",
              text("Medium:", "medium"),
              new Line("SizeLimit:", VolumeKind::sizeLimit)),
          kind(
              "gcePersistentDisk",
              "GCEPersistentDisk (a Persistent Disk resource in Google Compute Engine)",
              text("PDName:", "pdName"),
              text("FSType:", "fsType"),
              number("Partition:", "partition"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "awsElasticBlockStore",
              "AWSElasticBlockStore (a Persistent Disk resource in AWS)",
              text("VolumeID:", "volumeID"),
              text("FSType:", "fsType"),
              number("Partition:", "partition"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "gitRepo",
              "GitRepo (a volume that is pulled from git when the pod is created)",
              text("Repository:", "repository"),
              text("Revision:", "revision")),
          kind(
              "secret",
              "Secret (a volume populated by a Secret)",
              text("SecretName:", "secretName"),
              truth("Optional:", "optional")),
          kind(
              "configMap",
              "ConfigMap (a volume populated by a ConfigMap)",
              text("Name:", "name"),
              truth("Optional:", "optional")),
          kind(
              "nfs",
              "NFS (an NFS mount that lasts the lifetime of a pod)",
              text("Server:", "server"),
              text("Path:", "path"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "iscsi",
              "ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then"
                  + " exposed to the pod)",
              text("TargetPortal:", "targetPortal"),
              text("IQN:", "iqn"),
              number("Lun:", "lun"),
              text("ISCSIInterface", "iscsiInterface"),
              text("FSType:", "fsType"),
              truth("ReadOnly:", "readOnly"),
              list("Portals:", "portals"),
              truth("DiscoveryCHAPAuth:", "chapAuthDiscovery"),
              truth("SessionCHAPAuth:", "chapAuthSession"),
              reference("SecretRef:"),
              orElse("InitiatorName:", "initiatorName", "<none>")),
          kind(
              "glusterfs",
              "Glusterfs (a Glusterfs mount on the host that shares a pod's lifetime)",
              text("EndpointsName:", "endpoints"),
              text("Path:", "path"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "persistentVolumeClaim",
              "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same"
                  + " namespace)",
              text("ClaimName:", "claimName"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "ephemeral",
              "EphemeralVolume (an inline specification for a volume that gets created and deleted"
                  + " with the pod)"),
          kind(
              "rbd",
              "RBD (a Rados Block Device mount on the host that shares a pod's lifetime)",
              list("CephMonitors:", "monitors"),
              text("RBDImage:", "image"),
              text("FSType:", "fsType"),
              text("RBDPool:", "pool"),
              text("RadosUser:", "user"),
              text("Keyring:", "keyring"),
              reference("SecretRef:"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "quobyte",
              "Quobyte (a Quobyte mount on the host that shares a pod's lifetime)",
              text("Registry:", "registry"),
              text("Volume:", "volume"),
              truth("ReadOnly:", "readOnly")),
          kind("downwardAPI", "DownwardAPI (a volume populated by information about the pod)"),
          kind(
              "azureDisk",
              "AzureDisk (an Azure Data Disk mount on the host and bind mount to the pod)",
              text("DiskName:", "diskName"),
              text("DiskURI:", "diskURI"),
              text("Kind: ", "kind"),
              text("FSType:", "fsType"),
              text("CachingMode:", "cachingMode"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "vsphereVolume",
              "vSphereVolume (a Persistent Disk resource in vSphere)",
              text("VolumePath:", "volumePath"),
              text("FSType:", "fsType"),
              text("StoragePolicyName:", "storagePolicyName")),
          kind(
              "cinder",
              "Cinder (a Persistent Disk resource in OpenStack)",
              text("VolumeID:", "volumeID"),
              text("FSType:", "fsType"),
              truth("ReadOnly:", "readOnly"),
              reference("SecretRef:")),
          kind(
              "photonPersistentDisk",
              "PhotonPersistentDisk (a Persistent Disk resource in photon platform)",
              text("PdID:", "pdID"),
              text("FSType:", "fsType")),
          kind(
              "portworxVolume",
              "PortworxVolume (a Portworx Volume resource)",
              text("VolumeID:", "volumeID")),
          kind(
              "scaleIO",
              "ScaleIO (a persistent volume backed by a block device in ScaleIO)",
              text("Gateway:", "gateway"),
              text("System:", "system"),
              text("Protection Domain:", "protectionDomain"),
              text("Storage Pool:", "storagePool"),
              text("Storage Mode:", "storageMode"),
              text("VolumeName:", "volumeName"),
              text("FSType:", "fsType"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "cephfs",
              "CephFS (a CephFS mount on the host that shares a pod's lifetime)",
              list("Monitors:", "monitors"),
              text("Path:", "path"),
              text("User:", "user"),
              text("SecretFile:", "secretFile"),
              reference("SecretRef:"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "storageos",
              "StorageOS (a StorageOS Persistent Disk resource)",
              text("VolumeName:", "volumeName"),
              text("VolumeNamespace:", "volumeNamespace"),
              text("FSType:", "fsType"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "fc",
              "FC (a Fibre Channel disk)",
              new Line(
                  "TargetWWNs:",
                  source -> String.join(", ", TypedFields.texts(source, "targetWWNs"))),
              orElse("LUN:", "lun", "<none>"),
              text("FSType:", "fsType"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "azureFile",
              "AzureFile (an Azure File Service mount on the host and bind mount to the pod)",
              text("SecretName:", "secretName"),
              text("ShareName:", "shareName"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "flexVolume",
              "FlexVolume (a generic volume resource that is provisioned/attached using an exec"
                  + " based plugin)",
              text("Driver:", "driver"),
              text("FSType:", "fsType"),
              reference("SecretRef:"),
              truth("ReadOnly:", "readOnly"),
              new Line("Options:", VolumeKind::options)),
          kind(
              "flocker",
              "Flocker (a Flocker volume mounted by the Flocker agent)",
              text("DatasetName:", "datasetName"),
              text("DatasetUUID:", "datasetUUID")),
          kind(
              "projected",
              "Projected (a volume that contains injected data from multiple sources)"),
          kind(
              "csi",
              "CSI (a Container Storage Interface (CSI) volume source)",
              text("Driver:", "driver"),
              text("FSType:", "fsType"),
              truth("ReadOnly:", "readOnly")),
          kind(
              "image",
              "Image (a container image or OCI artifact)",
              text("Reference:", "reference"),
              text("PullPolicy:", "pullPolicy")));

  private static VolumeKind kind(String field, String title, Line... lines) {
    return new VolumeKind(field, title, List.of(lines));
  }

  private static Line text(String title, String field) {
    return new Line(title, source -> TypedFields.text(source, field));
  }

  private static Line orElse(String title, String field, String absent) {
    return new Line(
        title, source -> TypedFields.has(source, field) ? TypedFields.text(source, field) : absent);
  }

  private static Line number(String title, String field) {
    return new Line(title, source -> String.valueOf(TypedFields.number(source, field)));
  }

  private static Line truth(String title, String field) {
    return new Line(title, source -> String.valueOf(TypedFields.isTrue(source, field)));
  }

  private static Line list(String title, String field) {
    return new Line(
        title,
        source ->
            TypedFields.texts(source, field).stream().collect(Collectors.joining(" ", "[", "]")));
  }

  // kubectl prints the Go value.
  private static Line reference(String title) {
    return new Line(
        title,
        source ->
            TypedFields.has(source, "secretRef")
                ? "&LocalObjectReference{Name:"
                    + TypedFields.text(source, "secretRef", "name")
                    + ",}"
                : "nil");
  }

  private static String sizeLimit(JsonNode source) {
    var limit = TypedFields.text(source, "sizeLimit");
    boolean unset =
        limit.isEmpty()
            || Quantity.parse(limit).filter(amount -> amount.value().signum() <= 0).isPresent();
    return unset ? "<unset>" : Quantity.canonical(limit);
  }

  private static String options(JsonNode source) {
    return TypedFields.sorted(source, "options").entrySet().stream()
        .map(option -> option.getKey() + ":" + TypedFields.text(option.getValue()))
        .collect(Collectors.joining(" ", "map[", "]"));
  }
}

package dev.diagbundle.describe;

import static dev.diagbundle.describe.Dice.object;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Pods with any of what a pod may have.
record GeneratedPods(Dice dice) {
  private static final List<String> RESOURCES = List.of("cpu", "memory", "ephemeral-storage");

  Map<String, Object> pod(String namespace, String name, String node) {
    var spec = spec();
    spec.put("nodeName", node.isEmpty() ? null : node);
    spec.values().removeIf(java.util.Objects::isNull);
    var metadata = dice.metadata(namespace, name);
    if (dice.once(8)) {
      metadata.put("deletionTimestamp", dice.time());
      metadata.put("deletionGracePeriodSeconds", 30);
    }
    return object("metadata", metadata, "spec", spec, "status", status(spec));
  }

  Map<String, Object> spec() {
    return object(
        "priority", dice.maybe(() -> dice.number(3)),
        "priorityClassName", dice.maybe(dice::word),
        "runtimeClassName", dice.once(5) ? "gvisor" : null,
        "serviceAccountName", dice.maybe(dice::word),
        "securityContext", dice.once(5) ? seccomp() : null,
        "nodeSelector", dice.labels(2),
        "overhead", dice.once(8) ? Map.of("cpu", "10m", "memory", "1Mi") : null,
        "initContainers", dice.once(3) ? containers(2, true) : null,
        "containers", containers(3, false),
        "ephemeralContainers", dice.once(8) ? containers(1, false) : null,
        "readinessGates", dice.some(1, () -> object("conditionType", dice.word())),
        "volumes", dice.some(4, () -> new GeneratedVolumes(dice).volume()),
        "tolerations", tolerations(),
        "topologySpreadConstraints", dice.some(2, this::constraint));
  }

  private List<Map<String, Object>> tolerations() {
    return dice.some(
        dice.size(3, 20),
        () ->
            object(
                "key", dice.maybe(dice::word),
                "operator", dice.one(List.of("Exists", "Equal")),
                "value", dice.maybe(dice::word),
                "effect", dice.maybe(() -> "NoExecute"),
                "tolerationSeconds", dice.maybe(() -> dice.number(400))));
  }

  private Map<String, Object> constraint() {
    return object(
        "topologyKey", dice.word(),
        "whenUnsatisfiable", dice.one(List.of("DoNotSchedule", "ScheduleAnyway")),
        "maxSkew", dice.number(3),
        "labelSelector", dice.maybe(dice::selector));
  }

  private Map<String, Object> seccomp() {
    return object(
        "seccompProfile",
        dice.one(
            List.of(
                object("type", "RuntimeDefault"),
                object("type", "Localhost", "localhostProfile", "profiles/a.json"))));
  }

  private List<Map<String, Object>> containers(int max, boolean init) {
    var containers = dice.some(max, () -> container(init));
    for (int i = 0; i < containers.size(); i++) {
      containers.get(i).put("name", "c" + i);
    }
    return containers;
  }

  private Map<String, Object> container(boolean init) {
    return object(
        "name", "",
        "image", "registry.example.com/" + dice.word() + ":1",
        "restartPolicy", init && dice.once(2) ? "Always" : null,
        "ports", dice.some(2, this::port),
        "command", dice.some(2, dice::text),
        "args", dice.some(2, dice::text),
        "resources", resources(),
        "securityContext", dice.once(5) ? seccomp() : null,
        "livenessProbe", dice.maybe(this::probe),
        "readinessProbe", dice.maybe(this::probe),
        "startupProbe", dice.once(4) ? probe() : null,
        "envFrom", dice.some(2, this::source),
        "env", dice.some(4, this::variable),
        "volumeMounts", dice.some(dice.size(3, 16), this::mount),
        "volumeDevices",
            dice.some(1, () -> object("name", "block", "devicePath", "/dev/" + dice.word())));
  }

  private Map<String, Object> port() {
    return object(
        "name",
        dice.minor() >= 34 ? dice.maybe(dice::word) : null,
        "containerPort",
        1 + dice.number(60_000),
        "hostPort",
        dice.maybe(() -> 1 + dice.number(60_000)),
        "protocol",
        dice.one(List.of("TCP", "UDP", "SCTP")));
  }

  Map<String, Object> resources() {
    return object("limits", dice.maybe(this::amounts), "requests", dice.maybe(this::amounts));
  }

  private Map<String, String> amounts() {
    var amounts = new TreeMap<String, String>();
    RESOURCES.forEach(name -> amounts.put(name, dice.amount()));
    amounts.keySet().remove(dice.one(RESOURCES));
    if (dice.once(5)) {
      amounts.put("example.com/gpu", "2");
      amounts.put("hugepages-2Mi", "4Mi");
    }
    return amounts;
  }

  private Map<String, Object> probe() {
    var probe =
        object(
            "initialDelaySeconds", dice.maybe(() -> dice.number(100)),
            "timeoutSeconds", 1,
            "periodSeconds", dice.number(60),
            "successThreshold", 1,
            "failureThreshold", dice.number(9));
    switch (dice.number(5)) {
      case 0 -> probe.put("exec", object("command", dice.some(3, dice::text)));
      case 1 ->
          probe.put(
              "httpGet",
              object(
                  "scheme", dice.one(List.of("HTTP", "HTTPS", "")),
                  "host", dice.one(List.of("", "example.com", "::1")),
                  "port", dice.one(List.<Object>of(80, "http")),
                  "path", dice.one(List.of("", "/", "/a b?c=d#e", "no/slash", "/ü%41;x,(y)"))));
      case 2 ->
          probe.put(
              "tcpSocket", object("host", dice.maybe(dice::word), "port", dice.number(9_999)));
      case 3 -> probe.put("grpc", object("port", 9_000, "service", dice.word()));
      default -> {
        // A handler that this kubectl does not know.
      }
    }
    return probe;
  }

  private Map<String, Object> source() {
    var reference = object("name", dice.word(), "optional", dice.maybe(() -> dice.once(2)));
    return object(
        "prefix", dice.maybe(dice::word), dice.once(2) ? "configMapRef" : "secretRef", reference);
  }

  private Map<String, Object> variable() {
    var field =
        dice.one(
            List.of(
                "metadata.name",
                "metadata.namespace",
                "metadata.uid",
                "metadata.labels['app']",
                "metadata.annotations['web']",
                "metadata.annotations",
                "metadata.labels",
                "spec.nodeName",
                "status.podIP"));
    var key = object("name", dice.word(), "key", "k", "optional", dice.maybe(() -> dice.once(2)));
    var from =
        switch (dice.number(5)) {
          case 0 -> object("fieldRef", object("apiVersion", "v1", "fieldPath", field));
          case 1 ->
              object(
                  "resourceFieldRef",
                  object(
                      "resource",
                          dice.one(
                              List.of(
                                  "limits.cpu",
                                  "requests.cpu",
                                  "limits.memory",
                                  "requests.memory",
                                  "requests.ephemeral-storage")),
                      "divisor", dice.one(List.of("0", "1", "1m", "1Mi"))));
          case 2 -> object("secretKeyRef", key);
          case 3 -> object("configMapKeyRef", key);
          default -> null;
        };
    return object(
        "name", dice.word(), "value", from == null ? dice.text() : null, "valueFrom", from);
  }

  private Map<String, Object> mount() {
    return object(
        "name", dice.word(),
        "mountPath", "/" + dice.word(),
        "readOnly", dice.maybe(() -> dice.once(2)),
        "subPath", dice.one(List.of("", "", "a/b", "with \"quotes\"\t")));
  }

  private Map<String, Object> status(Map<String, Object> spec) {
    return object(
        "phase", dice.one(List.of("Running", "Pending", "Succeeded", "Failed", "Unknown")),
        "reason", dice.maybe(dice::text),
        "message", dice.maybe(dice::text),
        "hostIP", "10.0.0.1",
        "podIP", dice.maybe(() -> "10.42.0.5"),
        "podIPs", dice.some(2, () -> object("ip", "fd01::5")),
        "startTime", dice.maybe(dice::time),
        "nominatedNodeName", dice.maybe(dice::word),
        "qosClass", dice.maybe(() -> "Burstable"),
        "conditions",
            dice.some(
                3,
                () ->
                    object(
                        "type",
                        dice.word(),
                        "status",
                        dice.one(List.of("True", "False", "Unknown")))),
        "initContainerStatuses", statuses(spec, "initContainers"),
        "containerStatuses", statuses(spec, "containers"));
  }

  private List<Map<String, Object>> statuses(Map<String, Object> spec, String field) {
    if (!(spec.get(field) instanceof List<?> containers)) {
      return List.of();
    }
    return containers.stream()
        .filter(_ -> !dice.once(6))
        .map(container -> ((Map<?, ?>) container).get("name"))
        .map(name ->
            object(
                "name", name,
                "containerID", dice.maybe(() -> "containerd://1"),
                "image", "x",
                "imageID", dice.maybe(() -> "sha256:1"),
                "ready", dice.once(2),
                "restartCount", dice.number(99),
                "state", state(),
                "lastState", state()))
        .toList();
  }

  private Map<String, Object> state() {
    var state = new LinkedHashMap<String, Object>();
    switch (dice.number(4)) {
      case 0 -> state.put("running", object("startedAt", dice.time()));
      case 1 -> state.put("waiting", object("reason", dice.text(), "message", dice.text()));
      case 2 ->
          state.put(
              "terminated",
              object(
                  "reason", dice.text(),
                  "message", dice.text(),
                  "exitCode", dice.number(255),
                  "signal", dice.maybe(() -> dice.number(9)),
                  "startedAt", dice.maybe(dice::time),
                  "finishedAt", dice.time()));
      default -> {
        // Neither of them, which is shown as waiting.
      }
    }
    return state;
  }
}

package dev.diagbundle.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A bundle in which every name and every text tries to break out of the page.
public final class HostileBundle {
  static final String EVIL =
      "\"><img src=x onerror=alert(1)><script>alert(document.domain)</script></style></title>"
          + "javascript:alert(2)'`${7*7}<#assign x=1>\u202egpj.exe\u001b[31mred\u0000\ud800end";

  private static final ObjectMapper JSON = new ObjectMapper();

  private HostileBundle() {}

  public static MemoryBundle create() throws IOException {
    var bundle = new MemoryBundle().cluster(EVIL).command("diagbundle", EVIL).interrupted(EVIL);
    var node =
        Map.of(
            "metadata", Map.of("name", EVIL, "annotations", Map.of(EVIL, EVIL)),
            "spec", Map.of("taints", List.of(Map.of("key", EVIL, "effect", EVIL))),
            "status",
                Map.of(
                    "nodeInfo", Map.of("osImage", EVIL, "kubeletVersion", EVIL),
                    "conditions",
                        List.of(
                            Map.of(
                                "type", "Ready", "status", EVIL, "reason", EVIL, "message", EVIL),
                            Map.of("type", EVIL, "status", "True"))));
    list(bundle, "cluster-resources/nodes.json", node);
    var terminated = Map.of("exitCode", 1, "reason", EVIL, "message", EVIL);
    var container =
        Map.of(
            "name", EVIL,
            "state", Map.of("waiting", Map.of("reason", EVIL, "message", EVIL)),
            "lastState", Map.of("terminated", terminated));
    var pod =
        Map.of(
            "metadata",
                Map.of(
                    "name", EVIL,
                    "namespace", EVIL,
                    "ownerReferences",
                        List.of(Map.of("kind", EVIL, "name", EVIL, "controller", true))),
            "spec", Map.of("nodeName", EVIL, "containers", List.of(Map.of("name", EVIL))),
            "status", Map.of("phase", EVIL, "containerStatuses", List.of(container)));
    list(bundle, "cluster-resources/pods/x.json", pod);
    var event =
        Map.of(
            "type",
            EVIL,
            "reason",
            EVIL,
            "message",
            EVIL.repeat(9),
            "lastTimestamp",
            EVIL,
            "source",
            Map.of("component", EVIL, "host", EVIL),
            "involvedObject",
            Map.of("kind", EVIL, "name", EVIL, "namespace", EVIL));
    list(bundle, "cluster-resources/events/x.json", event);
    var log =
        new EntryPath("cluster-resources/pods/logs").child(EVIL).child(EVIL).child(EVIL + ".log");
    bundle.file(
        log,
        (EVIL + "\n" + "x".repeat(1 << 20) + EVIL + "\n" + EVIL).getBytes(StandardCharsets.UTF_8),
        "");
    for (ItemKind kind : ItemKind.values()) {
      bundle.item(kind.label(), EVIL, EVIL, new Outcome.Failed(Reason.UNREACHABLE, EVIL), 9);
    }
    bundle.item("nodeFiles", EVIL, EVIL, new Outcome.Partial(Reason.TRUNCATED, EVIL), 9);
    bundle.file(
        new EntryPath("nodes").child(EVIL).descend("files/" + EVIL),
        new byte[] {(byte) 0xff, 0, 27},
        "nodeFiles/" + EVIL + "/" + EVIL);
    bundle.file("profile.yaml", EVIL + "\n" + EVIL);
    bundle.file("requests.jsonl", "{\"result\":" + JSON.writeValueAsString(EVIL) + "}\n" + EVIL);
    return bundle;
  }

  private static void list(MemoryBundle bundle, String path, Object object) throws IOException {
    bundle.file(path, JSON.writeValueAsString(Map.of("items", List.of(object))));
  }
}

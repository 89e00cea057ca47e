package dev.diagbundle.describe;

import static dev.diagbundle.describe.Dice.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A cluster of random objects, in the folder that a replayed API answers from.
final class GeneratedCluster {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> NAMESPACES = List.of("alpha", "beta");
  private static final int NODES = 25;
  private static final int PODS = 150;
  private static final int OF_EACH_KIND = 14;

  /// The kinds that have a description, by the name of their file.
  static final Map<String, String> KINDS =
      new TreeMap<>(
          Map.of(
              "nodes", "Node",
              "pods", "Pod",
              "deployments.apps", "Deployment",
              "replicasets.apps", "ReplicaSet",
              "statefulsets.apps", "StatefulSet",
              "daemonsets.apps", "DaemonSet",
              "jobs.batch", "Job",
              "cronjobs.batch", "CronJob",
              "services", "Service",
              "persistentvolumeclaims", "PersistentVolumeClaim"));

  private final Dice dice;
  private final Map<String, List<Map<String, Object>>> objects = new TreeMap<>();

  GeneratedCluster(Dice dice) {
    this.dice = dice;
    var nodes = new GeneratedNodes(dice);
    for (int i = 0; i < NODES; i++) {
      var name = "node-%02d".formatted(i);
      add("nodes", nodes.node(name));
      if (!dice.once(8)) {
        add("leases.coordination.k8s.io", nodes.lease(name));
      }
    }
    for (int i = 0; i < OF_EACH_KIND; i++) {
      workloads(dice.one(NAMESPACES), i);
    }
    pods();
    events();
  }

  private void workloads(String namespace, int i) {
    var workloads = new GeneratedWorkloads(dice);
    boolean rolled = i % 2 == 0;
    var deployment =
        workloads.deployment(namespace, "deploy-" + i, rolled ? Map.of() : dice.selector());
    add("deployments.apps", deployment);
    for (int set = 0; rolled && set < dice.number(4); set++) {
      var template = Dice.part(Dice.part(deployment, "spec"), "template");
      var replicaSet =
          workloads.replicaSet(
              namespace, "rs-" + i + "-" + set, set == 1 ? template : workloads.template());
      own(replicaSet, "Deployment", deployment);
      add("replicasets.apps", replicaSet);
    }
    add("replicasets.apps", workloads.replicaSet(namespace, "rs-" + i, workloads.template()));
    add("statefulsets.apps", workloads.statefulSet(namespace, "sts-" + i));
    add("daemonsets.apps", workloads.daemonSet(namespace, "ds-" + i));
    add("jobs.batch", workloads.job(namespace, "job-" + i));
    add("cronjobs.batch", workloads.cronJob(namespace, "cron-" + i));
    add("services", workloads.service(namespace, "svc-" + i));
    for (int slice = 0; slice < dice.number(4); slice++) {
      add(
          "endpointslices.discovery.k8s.io",
          workloads.endpointSlice(namespace, "svc-" + i + "-" + slice, "svc-" + i));
    }
    add("persistentvolumeclaims", workloads.claim(namespace, "claim-" + i));
  }

  private void pods() {
    var owners =
        Map.of(
            "ReplicaSet",
            "replicasets.apps",
            "StatefulSet",
            "statefulsets.apps",
            "DaemonSet",
            "daemonsets.apps");
    for (int i = 0; i < PODS; i++) {
      var node = dice.once(5) ? "" : "node-%02d".formatted(dice.number(NODES));
      var kind = dice.one(List.of("ReplicaSet", "StatefulSet", "DaemonSet"));
      var owner = dice.one(objects.getOrDefault(owners.get(kind), List.of()));
      var namespace = String.valueOf(Dice.part(owner, "metadata").get("namespace"));
      var pod = new GeneratedPods(dice).pod(namespace, "pod-%03d".formatted(i), node);
      if (!dice.once(4)) {
        own(pod, kind, owner);
      }
      add("pods", pod);
    }
  }

  private void own(Map<String, Object> object, String kind, Map<String, Object> owner) {
    var metadata = Dice.part(owner, "metadata");
    Dice.part(object, "metadata")
        .put(
            "ownerReferences",
            List.of(
                object("apiVersion", "v1", "kind", "Other", "name", "o", "uid", "other"),
                object(
                    "apiVersion",
                    "apps/v1",
                    "kind",
                    kind,
                    "name",
                    metadata.get("name"),
                    "uid",
                    metadata.get("uid"),
                    "controller",
                    true)));
  }

  private void events() {
    var events = new ArrayList<Map<String, Object>>();
    KINDS.forEach((file, kind) -> {
      for (var subject : objects.getOrDefault(file, List.of())) {
        int count = dice.number(dice.size(4, 80) + 1);
        for (int i = 0; i < count; i++) {
          events.add(new GeneratedEvents(dice).event(kind, subject, dice.number(1_000_000)));
        }
      }
    });
    dice.shuffled(events).forEach(event -> add("events", event));
  }

  private void add(String file, Map<String, Object> object) {
    objects.computeIfAbsent(file, _ -> new ArrayList<>()).add(object);
  }

  /// The objects of a file in the order of the API.
  List<JsonNode> list(String file) {
    var byKey = new TreeMap<String, JsonNode>(Comparator.naturalOrder());
    for (var object : objects.getOrDefault(file, List.of())) {
      JsonNode node = MAPPER.valueToTree(object);
      var metadata = node.path("metadata");
      byKey.put(metadata.path("namespace").asText() + "/" + metadata.path("name").asText(), node);
    }
    return List.copyOf(byKey.values());
  }

  /// Writes the cluster, with the discovery answers of another one.
  void write(Path folder, Path answers) throws IOException {
    try (var files = Files.walk(answers)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = folder.resolve("answers").resolve(answers.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    Files.writeString(folder.resolve("cluster.json"), "{\"time\": \"" + dice.now() + "\"}");
    var target = Files.createDirectories(folder.resolve("objects"));
    for (var file : objects.keySet()) {
      MAPPER.writeValue(
          target.resolve(file + ".json").toFile(),
          Map.of("metadata", Map.of("resourceVersion", "1"), "items", list(file)));
    }
  }
}

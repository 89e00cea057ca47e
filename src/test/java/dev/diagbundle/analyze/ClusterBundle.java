package dev.diagbundle.analyze;

import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A bundle in memory for tests of rules: lists of objects and logs, with everything there that is
/// not said to be missing.
public final class ClusterBundle implements BundleContents {
  /// When everything was collected.
  public static final Instant NOW = Instant.parse("2026-11-21T03:15:04Z");

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final Map<String, String> itemOf = new LinkedHashMap<>();
  private final Map<String, Item> items = new LinkedHashMap<>();
  private Optional<String> interrupted = Optional.empty();

  public ClusterBundle() {
    for (String resource :
        List.of(
            "nodes",
            "pods",
            "services",
            "endpointslices.discovery.k8s.io",
            "persistentvolumeclaims",
            "persistentvolumes",
            "storageclasses.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "deployments.apps",
            "replicasets.apps",
            "statefulsets.apps",
            "daemonsets.apps",
            "jobs.batch",
            "cronjobs.batch",
            "horizontalpodautoscalers.autoscaling",
            "poddisruptionbudgets.policy",
            "namespaces",
            "leases.coordination.k8s.io",
            "apiservices.apiregistration.k8s.io",
            "validatingwebhookconfigurations.admissionregistration.k8s.io",
            "mutatingwebhookconfigurations.admissionregistration.k8s.io",
            "certificatesigningrequests.certificates.k8s.io",
            "networkpolicies.networking.k8s.io",
            "ingresses.networking.k8s.io")) {
      item("clusterDump/" + resource, new Outcome.Collected());
    }
    item("events/events", new Outcome.Collected());
  }

  public ClusterBundle interrupted(String by) {
    interrupted = Optional.of(by);
    return this;
  }

  /// An item and what came of it; its id is `kind/name` or `kind/node/name`.
  public ClusterBundle item(String id, Outcome outcome) {
    var parts = id.split("/", 3);
    var node = parts.length == 3 ? parts[1] : "";
    items.put(
        id,
        new Item(
            id,
            ItemKind.ofLabel(parts[0]),
            node,
            parts[parts.length - 1],
            outcome,
            0,
            Duration.ofMillis(3)));
    return this;
  }

  /// Nothing was asked: the item is not there.
  public ClusterBundle without(String id) {
    items.remove(id);
    return this;
  }

  /// A list of objects, one on each line from the second, as collect writes it.
  ///
  /// @param path below `cluster-resources/`, for example `pods/shop.json`
  public ClusterBundle objects(String path, String... objects) {
    var text = "{\"kind\":\"List\",\"items\":[\n" + String.join(",\n", objects) + "\n]}\n";
    return file("cluster-resources/" + path, text);
  }

  public ClusterBundle file(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /// The same, as what an item brought.
  public ClusterBundle file(String path, String text, String item) {
    itemOf.put(path, item);
    return file(path, text);
  }

  /// What a rule alone makes of it.
  public List<Finding> findings(Rule... analyzers) {
    return new BundleAnalyzer(List.of(analyzers)).analyze(this).all();
  }

  /// What all of these make of it.
  public Analysis analyze(List<Rule> analyzers) {
    return new BundleAnalyzer(analyzers).analyze(this);
  }

  @Override
  public Manifest manifest() {
    var run =
        new Manifest.Run(
            "0.1.0",
            "support",
            List.of("diagbundle", "collect"),
            new Manifest.ClusterIdentity("rig", "rig", "https://10.0.0.1", "v1.36.2", "me"),
            TimeWindow.endingAt(NOW, Duration.ofHours(6)),
            NOW,
            NOW.plusSeconds(9),
            Duration.ZERO,
            interrupted,
            "diagbundle-rig-20261121T031504Z");
    var entries = files.keySet().stream().map(this::entry).toList();
    return new Manifest(run, List.copyOf(items.values()), entries);
  }

  @Override
  public String manifestSha256() {
    return "0".repeat(64);
  }

  @Override
  public Optional<Entry> find(EntryPath path) {
    return files.containsKey(path.value()) ? Optional.of(entry(path.value())) : Optional.empty();
  }

  @Override
  public InputStream open(Entry entry) throws IOException {
    var content = files.get(entry.path().value());
    if (content == null) {
      throw new IOException("no such entry: " + entry.path());
    }
    return new ByteArrayInputStream(content);
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private Entry entry(String path) {
    var content = files.getOrDefault(path, new byte[0]);
    return new Entry(
        new EntryPath(path),
        content.length,
        sha256(content),
        0,
        1,
        new String(content, StandardCharsets.UTF_8).lines().count(),
        NOW,
        itemOf.getOrDefault(path, ""));
  }

  /// The text of `text` with single quotes made double, so that JSON is easy to read in tests.
  public static String json(String text) {
    return text.replace('\'', '"').replace("\n", " ");
  }

  /// A pod of the namespace `shop` on node `n1`, whose app container has the status.
  ///
  /// @param app its owner's name; of no owner if it is empty
  public static String pod(String name, String app, String status) {
    var owner =
        app.isEmpty()
            ? ""
            : "'ownerReferences':[{'kind':'ReplicaSet','name':'" + app + "','controller':true}],";
    return json(
        "{'metadata':{'name':'"
            + name
            + "','namespace':'shop','uid':'u-"
            + name
            + "',"
            + owner
            + "'creationTimestamp':'2026-11-21T02:00:00Z','labels':{'app':'"
            + app
            + "'}},"
            + "'spec':{'nodeName':'n1','restartPolicy':'Always','dnsPolicy':'ClusterFirst',"
            + "'containers':[{'name':'app','image':'r.example/app:1',"
            + "'resources':{'limits':{'memory':'64Mi'}}}]},'status':"
            + status
            + "}");
  }

  /// A status with one container `app`.
  ///
  /// @param ready `True` or `False`
  public static String status(String ready, String container) {
    return "{'phase':'Running','conditions':[{'type':'Ready','status':'"
        + ready
        + "'}],"
        + "'containerStatuses':[{'name':'app','ready':"
        + ready.equals("True")
        + ","
        + container
        + "}]}";
  }
}

package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.items;
import static dev.diagbundle.cli.CollectFixture.kubeconfig;
import static dev.diagbundle.cli.CollectFixture.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.AccessRight;
import dev.diagbundle.serve.AccessRules;
import dev.diagbundle.serve.DemoClusterFixture;
import dev.diagbundle.serve.ReplayOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.yaml.snakeyaml.Yaml;

/// What the tests of checks share.
public final class CheckFixture {
  public static final String USER = "system:serviceaccount:ops:diagbundle";

  private static final ObjectMapper JSON = new ObjectMapper();

  private CheckFixture() {}

  public static boolean hasPodLogs(Path file) throws Exception {
    try (var bundle = BundleReader.open(file)) {
      return items(bundle).stream()
          .anyMatch(item -> item.startsWith("podLogs/") && !item.contains("(files of "));
    }
  }

  /// The paths that were asked for in vain, for want of a right.
  public static List<String> refused(BundleReader bundle) throws IOException {
    var refused = new ArrayList<String>();
    for (String line : text(bundle, "requests.jsonl").lines().toList()) {
      var request = JSON.readTree(line);
      if (request.required("status").asInt() == 403) {
        refused.add(request.path("path").asText());
      }
    }
    return refused;
  }

  public static List<JsonNode> roles(Path folder, String profile) throws Exception {
    return roles(folder, profile, List.of());
  }

  public static List<JsonNode> roles(Path folder, String profile, List<String> more)
      throws Exception {
    try (var cluster = DemoClusterFixture.start()) {
      return documents(
          run(folder, cluster, "check", "-q", "-p", profile, "--format", "yaml", more).out());
    }
  }

  public static List<JsonNode> documents(String yaml) {
    var documents = new ArrayList<JsonNode>();
    new Yaml().loadAll(yaml).forEach(one -> documents.add(JSON.valueToTree(one)));
    return documents;
  }

  public static DemoClusterFixture restricted(AccessRules rules) throws IOException {
    return DemoClusterFixture.start(ReplayOptions.defaults().withRules(rules));
  }

  public static AccessRules without(AccessRight taken, List<AccessRight> rights) {
    return new AccessRules(
        USER,
        rights.stream().filter(right -> !taken.covers(right)).map(CheckFixture::rule).toList());
  }

  public static AccessRules.Rule rule(AccessRight right) {
    var verbs = Set.of(right.verb());
    return switch (right) {
      case AccessRight.OnPath(String _, String path) ->
          new AccessRules.Rule("", verbs, Set.of(), Set.of(), Set.of(), Set.of(path));
      case AccessRight.OnObjects one ->
          new AccessRules.Rule(
              one.namespace(),
              verbs,
              Set.of(one.group()),
              Set.of(one.path()),
              one.name().isEmpty() ? Set.of() : Set.of(one.name()),
              Set.of());
    };
  }

  public static List<AccessRight> declared(JsonNode check) {
    var rights = new ArrayList<AccessRight>();
    for (JsonNode right : check.path("rights")) {
      var verb = right.path("verb").asText();
      if (right.has("nonResourceURL")) {
        rights.add(new AccessRight.OnPath(verb, right.path("nonResourceURL").asText()));
        continue;
      }
      var path = right.path("resource").asText().split("/", 2);
      rights.add(
          new AccessRight.OnObjects(
              verb,
              right.path("group").asText(),
              path[0],
              path.length > 1 ? path[1] : "",
              right.path("namespace").asText(),
              right.path("name").asText()));
    }
    return rights;
  }

  public static List<AccessRight> withoutReviews(Set<AccessRight> asked) {
    return asked.stream().filter(right -> !right.verb().equals("create")).toList();
  }

  public static JsonNode json(Run run) throws IOException {
    return JSON.readTree(run.out());
  }

  public static Run run(Path folder, DemoClusterFixture cluster, Object... words)
      throws IOException {
    var all = new ArrayList<String>();
    for (Object word : words) {
      if (word instanceof List<?> several) {
        several.forEach(one -> all.add((String) one));
      } else {
        all.add((String) word);
      }
    }
    all.add("--kubeconfig");
    all.add(kubeconfig(folder, cluster.url().toString(), "", "token: abc").toString());
    return Run.of(all.toArray(String[]::new));
  }
}

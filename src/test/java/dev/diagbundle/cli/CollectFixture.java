package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// What the tests of whole runs share.
public final class CollectFixture {
  private CollectFixture() {}

  /// Writes a kubeconfig with one context.
  ///
  /// @param authority certificate data, or empty
  /// @param user the lines of the user, indented by four
  public static Path kubeconfig(Path folder, String server, String authority, String user)
      throws IOException {
    var file = folder.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        apiVersion: v1
        kind: Config
        current-context: test
        contexts:
        - name: test
          context: { cluster: test-cluster, user: tester }
        clusters:
        - name: test-cluster
          cluster:
            server: %s
            %s
        users:
        - name: tester
          user:
            %s
        """
            .formatted(
                server,
                authority.isEmpty() ? "" : "certificate-authority-data: " + authority,
                user));
    return file;
  }

  /// The ids of all items, sorted.
  public static List<String> items(BundleReader bundle) {
    return bundle.manifest().items().stream().map(Item::id).sorted().toList();
  }

  public static Outcome outcome(BundleReader bundle, String item) {
    return bundle.manifest().items().stream()
        .filter(candidate -> candidate.id().equals(item))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no item " + item))
        .outcome();
  }

  public static Reason reason(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Failed(Reason reason, String _) -> reason;
      case Outcome.Skipped(Reason reason, String _) -> reason;
      case Outcome.Partial(Reason reason, String _) -> reason;
      case Outcome.Collected _, Outcome.Cancelled _ -> throw new AssertionError(outcome);
    };
  }

  public static String text(BundleReader bundle, String path) throws IOException {
    var entry = bundle.find(new EntryPath(path)).orElseThrow(() -> new AssertionError(path));
    try (var in = bundle.open(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// Every value of every Secret of the demonstration cluster, in base64 and in clear.
  public static List<String> secretValues() throws IOException {
    var json =
        new ObjectMapper().readTree(Path.of("examples/demo-cluster/objects/secrets.json").toFile());
    var values = new ArrayList<String>();
    for (var secret : json.path("items")) {
      for (var value : secret.path("data")) {
        var clear = new String(Base64.getDecoder().decode(value.asText()), StandardCharsets.UTF_8);
        // A user name of four letters stands in other places too.
        if (clear.length() >= 8) {
          values.add(value.asText());
          values.add(clear);
        }
      }
    }
    assertFalse(values.isEmpty());
    return values;
  }

  public static List<Path> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}

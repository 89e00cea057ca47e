package dev.diagbundle.cli;

import static dev.diagbundle.cli.CollectFixture.text;

import dev.diagbundle.serve.ClusterData;
import dev.diagbundle.serve.ReplayOptions;
import dev.diagbundle.serve.ReplayServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// Several replayed clusters, each with a context.
public abstract class ClustersFixture {
  /// A port on which nobody listens.
  public static final String DEAD = "http://127.0.0.1:1";

  @TempDir public Path folder = Path.of("");
  final List<AutoCloseable> open = new ArrayList<>();
  public Path bundle = Path.of("");

  /// A context of a kubeconfig: its name and its server.
  public record Context(String name, String server) {}

  @BeforeEach
  void nameTheBundle() throws IOException {
    bundle = Files.createDirectory(folder.resolve("out")).resolve("x.tar.gz");
  }

  @AfterEach
  void stopClusters() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  public Run collect(String... args) {
    var words = new ArrayList<>(List.of("collect", "-o", bundle.toString()));
    words.addAll(List.of(args));
    return Run.of(words.toArray(String[]::new));
  }

  public String start(ReplayOptions options) throws IOException {
    var data = ClusterData.demo();
    open.add(data);
    var server = ReplayServer.start(data, options);
    open.add(server);
    return server.url().toString().replaceAll("/$", "");
  }

  public static ReplayOptions counting(List<String> asked) {
    return ReplayOptions.defaults()
        .withInterceptor(request -> {
          synchronized (asked) {
            asked.add(request.path());
          }
          return Optional.empty();
        });
  }

  public String kubeconfig(String name, Context... contexts) throws IOException {
    var text = new StringBuilder("apiVersion: v1\nkind: Config\n");
    text.append("current-context: \"").append(contexts[0].name()).append("\"\ncontexts:\n");
    for (int i = 0; i < contexts.length; i++) {
      text.append("- name: \"").append(contexts[i].name()).append("\"\n");
      text.append("  context: { cluster: c").append(i).append(", user: tester }\n");
    }
    text.append("clusters:\n");
    for (int i = 0; i < contexts.length; i++) {
      text.append("- name: c").append(i).append("\n  cluster:\n    server: ");
      text.append(contexts[i].server()).append('\n');
    }
    text.append("users:\n- name: tester\n  user: { token: abc }\n");
    return Files.writeString(folder.resolve(name), text).toString();
  }
}

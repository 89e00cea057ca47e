package dev.diagbundle.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection.Header;
import dev.diagbundle.kubeconfig.ClusterConnection.Names;
import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Ticker;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;

final class AccessOptionsTest {
  @TempDir private Path folder = Path.of("");

  /// A command.
  static final class Options {
    @Mixin private final ClusterOptions cluster = new ClusterOptions();
  }

  @Test
  void optionsSelectAndReplacePartsOfTheKubeconfig() throws Exception {
    var connection =
        parsed(
                "--kubeconfig",
                kubeconfig(),
                "--cluster=c2",
                "--user=u2",
                "--as=x",
                "--as-group=g1",
                "--as-group=g2",
                "--as-uid=7",
                "--insecure-skip-tls-verify",
                "--tls-server-name=n",
                "--disable-compression")
            .connection(session(""));
    assertEquals(new Names("c2", "ctx", "u2", Optional.empty()), connection.names());
    assertEquals("https://two", connection.server());
    assertEquals(
        List.of(
            new Header("Impersonate-User", "x"),
            new Header("Impersonate-Uid", "7"),
            new Header("Impersonate-Group", "g1"),
            new Header("Impersonate-Group", "g2")),
        connection.headers());
    assertEquals(true, connection.tls().insecure());
    assertEquals(Optional.of("n"), connection.tls().serverName());
    assertEquals(false, connection.compression());
    assertEquals(Optional.of("Bearer two"), authorization(connection.credentials().current()));
  }

  @Test
  void tokenComesFromAFileOrStandardInputOrIsMarkedAsLiteral() throws Exception {
    var file = Files.writeString(folder.resolve("token"), "filed\n").toString();
    assertEquals(Optional.of("Bearer filed"), token(file, ""));
    assertEquals(Optional.of("Bearer piped"), token("-", "piped\n"));
    assertEquals(Optional.of("Bearer lit"), token("literal:lit", ""));
    var empty = assertThrows(DiagbundleException.class, () -> token("-", "\n"));
    assertEquals("--token: standard input is empty", empty.getMessage());
  }

  @Test
  void requestTimeoutLimitsSilenceAndConnecting() throws Exception {
    assertEquals(ClientOptions.USUAL, parsed().limited(ClientOptions.USUAL));
    assertEquals(ClientOptions.USUAL, parsed("--request-timeout=0").limited(ClientOptions.USUAL));
    var brief = parsed("--request-timeout=5").limited(ClientOptions.USUAL);
    assertEquals(Duration.ofSeconds(5), brief.silence());
    assertEquals(Duration.ofSeconds(5), brief.connecting());
    var patient = parsed("--request-timeout=2m").limited(ClientOptions.USUAL);
    assertEquals(Duration.ofMinutes(2), patient.silence());
    assertEquals(ClientOptions.USUAL.connecting(), patient.connecting());
  }

  @ParameterizedTest
  @CsvSource({
    "literal:abc, literal:…",
    "--token=literal:abc, --token=literal:…",
    "--token=/a/literal:b, --token=/a/literal:b",
    "--server=https://u:p@a/, --server=https://…@a/",
    "https://a/x@y, https://a/x@y"
  })
  void recordedArgumentsHoldNoSecrets(String argument, String recorded) {
    assertEquals(recorded, ClustersOptions.withoutSecret(argument));
  }

  private Optional<String> token(String value, String input) throws Exception {
    var options = parsed("--kubeconfig", kubeconfig(), "--token", value);
    return authorization(options.connection(session(input)).credentials().current());
  }

  private static Optional<String> authorization(Credential credential) {
    return credential.authorization();
  }

  private static ClusterOptions parsed(String... args) {
    var options = new Options();
    new CommandLine(options).parseArgs(args);
    return options.cluster;
  }

  private String kubeconfig() throws Exception {
    var file = folder.resolve("kubeconfig");
    Files.writeString(
        file,
        """
        current-context: ctx
        contexts: [{name: ctx, context: {cluster: c1, user: u1}}]
        clusters:
        - {name: c1, cluster: {server: "https://one"}}
        - {name: c2, cluster: {server: "https://two"}}
        users: [{name: u1, user: {token: one}}, {name: u2, user: {token: two}}]
        """);
    return file.toString();
  }

  private static Session session(String input) {
    var out = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    return new Session(
        new Terminal(out, out, false, false),
        Map.of(),
        Clock.systemUTC(),
        Ticker.SYSTEM,
        Signals.NONE,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
  }
}

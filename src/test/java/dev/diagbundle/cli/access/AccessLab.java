package dev.diagbundle.cli.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cli.Main;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.testing.RequiredTool;
import dev.diagbundle.testing.SleeplessTicker;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Servers, proxies, keys and a credential plugin, and both programs on one configuration.
final class AccessLab implements Closeable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final RequiredTool kubectl;
  private final List<AccessServer> servers;
  private final List<AccessProxy> proxies;
  private final Map<String, String> values = new LinkedHashMap<>();

  /// What the servers, the proxies and the plugin saw of a program.
  ///
  /// @param plugin the variable `KUBERNETES_EXEC_INFO` of the plugin
  /// @param words the program's own, which do not count
  record Seen(Set<String> requests, Set<String> proxied, JsonNode plugin, String words) {
    /// The facts to compare.
    String facts() {
      return String.join("\n", requests) + "\n" + String.join("\n", proxied) + "\n" + plugin;
    }
  }

  AccessLab(Path folder, RequiredTool kubectl) throws IOException, GeneralSecurityException {
    this.folder = folder;
    this.kubectl = kubectl;
    var keys = new AccessKeys();
    var usual = keys.context(keys.server("127.0.0.1", "localhost", "0:0:0:0:0:0:0:1"));
    var named = keys.context(keys.server("k8s.internal.example"));
    var wild = keys.context(keys.server("*.internal"));
    this.servers =
        List.of(
            AccessServer.secure(usual),
            AccessServer.secure(named),
            AccessServer.secure(wild),
            AccessServer.plain());
    var secureSocket = usual.getServerSocketFactory().createServerSocket(0);
    this.proxies =
        List.of(
            new AccessProxy("proxy", new ServerSocket(0)),
            new AccessProxy("second proxy", new ServerSocket(0)),
            new AccessProxy("secure proxy", secureSocket));
    values.put("SERVER", port(0));
    values.put("NAMED", port(1));
    values.put("WILD", port(2));
    values.put("PLAIN", port(3));
    values.put("PROXY", Integer.toString(proxies.get(0).port()));
    values.put("SECOND", Integer.toString(proxies.get(1).port()));
    values.put("SECURE", Integer.toString(proxies.get(2).port()));
    values.put("DIR", folder.toString());
    values.put("CA", AccessKeys.base64(keys.authorityPem()));
    var other = new AccessKeys();
    values.put("OTHERCA", AccessKeys.base64(other.authorityPem()));
    write("ca.crt", keys.authorityPem());
    write("other-ca.crt", other.authorityPem());
    var elliptic = keys.client("alice", AccessKeys.pair("EC", 384));
    var rsa = keys.client("bob", AccessKeys.pair("RSA", 2048));
    var edwards = keys.client("carol", AccessKeys.pair("Ed25519", 0));
    values.put("CERT", AccessKeys.base64(elliptic.certificatePem()));
    values.put("KEY", AccessKeys.base64(elliptic.keyPem()));
    write("alice.crt", elliptic.certificatePem());
    write("alice.key", elliptic.keyPem());
    write("alice-sec1.key", elliptic.traditionalKeyPem());
    write("alice-parameters.key", CURVE + elliptic.traditionalKeyPem());
    write("alice-both.pem", elliptic.certificatePem() + "some text\n" + elliptic.keyPem());
    write("bob.crt", rsa.certificatePem());
    write("bob.key", rsa.keyPem());
    write("bob-pkcs1.key", rsa.traditionalKeyPem());
    write("carol.crt", edwards.certificatePem());
    write("carol.key", edwards.keyPem());
    write("answer-certificate.json", certificateAnswer(elliptic));
    write("token", "good-of-file\n");
    write("empty", "");
    plugins();
  }

  /// The parameters of the curve secp384r1, as `openssl ecparam -genkey` puts them before a key.
  private static final String CURVE =
      """
      -----BEGIN EC PARAMETERS-----
      BgUrgQQAIg==
      -----END EC PARAMETERS-----
      """;

  private String port(int server) {
    return Integer.toString(servers.get(server).port());
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static String certificateAnswer(AccessKeys.Identity identity) throws IOException {
    var answer = JSON.createObjectNode();
    answer.put("apiVersion", "client.authentication.k8s.io/v1").put("kind", "ExecCredential");
    answer
        .putObject("status")
        .put("clientCertificateData", identity.certificatePem())
        .put("clientKeyData", identity.traditionalKeyPem());
    return JSON.writeValueAsString(answer);
  }

  /// Plugins that record what they are told, and answer as their name says.
  private void plugins() throws IOException {
    var record = "#!/bin/sh\nprintf '%s' \"$KUBERNETES_EXEC_INFO\" > {DIR}/info\n";
    var token =
        "echo '{\"apiVersion\":\"client.authentication.k8s.io/VERSION\",\"kind\":\"ExecCredential\","
            + "\"status\":{\"token\":\"TOKEN\"}}'\n";
    plugin("plugin", record + token.replace("VERSION", "v1").replace("TOKEN", "good-of-plugin"));
    plugin(
        "plugin-beta",
        record + token.replace("VERSION", "v1beta1").replace("TOKEN", "good-of-beta"));
    plugin(
        "plugin-warns",
        record
            + "echo 'your session ends soon' >&2\n"
            + token.replace("VERSION", "v1").replace("TOKEN", "good-of-plugin"));
    plugin(
        "plugin-says",
        record
            + "IFS='|'\n"
            + token
                .replace("VERSION", "v1")
                .replace(
                    "TOKEN",
                    "good '\"$(printf '%s' \"$#:$*:$EXTRA\" | tr -c '[:alnum:]$;,:=&' '_')\"'"));
    plugin("plugin-certificate", record + "cat {DIR}/answer-certificate.json\n");
    plugin("plugin-fails", record + "echo 'log in first' >&2\nexit 7\n");
    plugin("plugin-mutters", record + "echo 'not JSON'\n");
    plugin(
        "plugin-empty",
        record
            + "echo '{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\"}'\n");
    plugin(
        "plugin-old",
        record
            + token
                .replace("VERSION", "v1")
                .replace(
                    "{\"token\"", "{\"expirationTimestamp\":\"2020-01-01T00:00:00Z\",\"token\"")
                .replace("TOKEN", "good-of-plugin"));
  }

  private void plugin(String name, String script) throws IOException {
    var file = folder.resolve(name);
    Files.writeString(file, filled(script));
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  /// The text with the values of this lab.
  String filled(String text) {
    var filled = text;
    for (var value : values.entrySet()) {
      filled = filled.replace("{" + value.getKey() + "}", value.getValue());
    }
    return filled;
  }

  /// Asserts that both programs do the same, or differ where the case says so.
  void compare(AccessCase test) throws IOException, InterruptedException {
    var theirs = kubectl(test);
    var ours = diagbundle(test);
    var words = "kubectl: " + theirs.words() + "\ndiagbundle: " + ours.words();
    if (test.difference().isEmpty()) {
      assertEquals(theirs.facts(), ours.facts(), words);
    } else {
      assertNotEquals(theirs.facts(), ours.facts(), "no longer differs: " + test.name());
    }
    assertFalse(ours.words().contains("Exception"), ours.words());
    if (ours.requests().isEmpty()) {
      assertTrue(ours.words().matches("(?s)exit code [12]\ndiagbundle: .+"), ours.words());
    }
  }

  /// What kubectl does with the configuration.
  private Seen kubectl(AccessCase test) throws IOException, InterruptedException {
    prepare(test);
    var command = new ArrayList<String>();
    command.add(kubectl.path().toString());
    command.addAll(List.of("auth", "whoami", "-o", "name"));
    command.addAll(arguments(test, test.theirs()));
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment(test));
    var process = builder.start();
    process.getOutputStream().close();
    var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return seen(words);
  }

  /// What this program does with the configuration.
  private Seen diagbundle(AccessCase test) throws IOException {
    prepare(test);
    var profile = folder.resolve("profile.yaml");
    var arguments = new ArrayList<>(List.of("check", "-q", "-p", profile.toString()));
    arguments.addAll(arguments(test, test.ours()));
    var out = new ByteArrayOutputStream();
    var print = new PrintStream(out, true, StandardCharsets.UTF_8);
    var session =
        new Session(
            new Terminal(print, print, false, false),
            environment(test),
            Clock.systemUTC(),
            new SleeplessTicker(),
            Signals.NONE,
            InputStream.nullInputStream());
    int code = Main.run(session, arguments.toArray(String[]::new));
    return seen("exit code " + code + "\n" + out.toString(StandardCharsets.UTF_8));
  }

  private void prepare(AccessCase test) throws IOException {
    Files.deleteIfExists(folder.resolve("info"));
    Files.createDirectories(folder.resolve(".kube"));
    for (var file : test.files().entrySet()) {
      write(file.getKey(), filled(file.getValue()));
    }
    write(
        "profile.yaml",
        """
        apiVersion: diagbundle.dev/v1
        kind: Profile
        name: access
        description: one list
        collect:
          - events: {}
        """);
    seen("");
  }

  private List<String> arguments(AccessCase test, List<String> own) {
    var all = new ArrayList<String>();
    var environment = test.environment();
    boolean named = environment.containsKey("KUBECONFIG") || environment.containsKey("HOME");
    if (!named && !test.files().isEmpty()) {
      all.addAll(List.of("--kubeconfig", folder.resolve("config").toString()));
    }
    test.arguments().forEach(argument -> all.add(filled(argument)));
    own.forEach(argument -> all.add(filled(argument)));
    return all;
  }

  private Map<String, String> environment(AccessCase test) {
    var all = new LinkedHashMap<String, String>();
    all.put("PATH", folder + ":/usr/bin:/bin");
    all.put("HOME", folder.resolve("nobody").toString());
    test.environment().forEach((name, value) -> all.put(name, filled(value)));
    return all;
  }

  private Seen seen(String words) throws IOException {
    var requests = new TreeSet<String>();
    var proxied = new TreeSet<String>();
    servers.forEach(server -> requests.addAll(server.takeSeen()));
    proxies.forEach(proxy -> proxied.addAll(proxy.takeSeen()));
    var info = folder.resolve("info");
    var plugin = Files.exists(info) ? Files.readString(info) : "";
    return new Seen(requests, proxied, JSON.readTree(plugin.isEmpty() ? "null" : plugin), words);
  }

  @Override
  public void close() throws IOException {
    servers.forEach(AccessServer::close);
    for (AccessProxy proxy : proxies) {
      proxy.close();
    }
  }
}

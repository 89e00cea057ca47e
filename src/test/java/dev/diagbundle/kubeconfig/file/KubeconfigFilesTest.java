package dev.diagbundle.kubeconfig.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.model.DiagbundleException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KubeconfigFilesTest {
  @TempDir private Path folder = Path.of("");

  @Test
  void firstFileWinsPerEntryAndForTheCurrentContext() throws Exception {
    var a =
        file(
            "a/config",
            """
            clusters: [{name: c, cluster: {server: "https://a"}}]
            users: [{name: u, user: {as: fromA}}]
            """);
    var b =
        file(
            "b/config",
            """
            current-context: fromB
            clusters: [{name: c, cluster: {server: "https://b", tls-server-name: b}}]
            users: [{name: u, user: {as: fromB, tokenFile: t}}, {name: v, user: {tokenFile: t}}]
            contexts: [{name: x, context: {cluster: c, user: u, namespace: ns}}]
            """);
    var c =
        file(
            "c/config",
            """
            current-context: fromC
            contexts: [{name: x, context: {cluster: other}}]
            """);
    var listed = String.join(File.pathSeparator, a.toString(), "", "/nope", b + "", c + "");
    var merged = KubeconfigFiles.readUsual(Map.of("KUBECONFIG", listed), folder);
    assertEquals(List.of(a, b, c), merged.files());
    assertEquals(Optional.of("fromB"), merged.currentContext());
    var cluster = get(merged.clusters(), "c");
    assertEquals(Optional.of("https://a"), cluster.server());
    assertEquals(Optional.empty(), cluster.tlsServerName());
    assertEquals(Optional.empty(), get(merged.users(), "u").tokenFile());
    assertEquals(
        Optional.of(folder.resolve("b/t").toString()), get(merged.users(), "v").tokenFile());
    assertEquals(Optional.of("c"), get(merged.contexts(), "x").cluster());
  }

  @Test
  void homeFolderIsReadWithoutTheVariable() throws Exception {
    file(".kube/config", "users: [{name: u, user: {}}]");
    assertEquals(
        Set.of("u"), KubeconfigFiles.readUsual(Map.of("KUBECONFIG", ""), folder).users().keySet());
    assertEquals(Kubeconfig.EMPTY, KubeconfigFiles.readUsual(Map.of(), folder.resolve("nobody")));
  }

  @Test
  void pathsAreRelativeToTheFileAndCommandsWithoutSeparatorAreNot() throws Exception {
    var file =
        file(
            "k",
            """
            clusters: [{name: c, cluster: {certificate-authority: ../x/ca.crt}}]
            users:
            - {name: a, user: {client-certificate: c.crt, client-key: /abs/c.key}}
            - {name: b, user: {exec: {command: bin/plugin}}}
            - {name: d, user: {exec: {command: plugin}}}
            - {name: e, user: {exec: {command: ./plugin}}}
            """);
    var config = KubeconfigFiles.read(file);
    assertEquals(
        Optional.of(folder.resolveSibling("x/ca.crt").toString()),
        get(config.clusters(), "c").authority());
    assertEquals(
        Optional.of(folder.resolve("c.crt").toString()), get(config.users(), "a").certificate());
    assertEquals(Optional.of("/abs/c.key"), get(config.users(), "a").key());
    assertEquals(
        List.of(folder + "/bin/plugin", "plugin", folder + "/plugin"),
        List.of(command(config, "b"), command(config, "d"), command(config, "e")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "users: [{name: u, user: {token: 123}}];"
            + " kubeconfig 'F': token of user 'u' is a number, expected text",
        "users: [{name: u, user: {as-groups: g}}];"
            + " kubeconfig 'F': as-groups of user 'u' is text, expected a list",
        "users: [{name: u, user: {exec: {args: [1]}}}];"
            + " kubeconfig 'F': args of exec of user 'u' is a number, expected a list of texts",
        "users: [{name: u, user: {exec: {env: [{name: A, value: y}]}}}];"
            + " kubeconfig 'F': value of env in exec of user 'u' is true or false, expected text",
        "users: [{name: u, user: {client-key-data: '!!'}}];"
            + " kubeconfig 'F': client-key-data of user 'u' is not valid base64",
        "|clusters: [{name: c, cluster: {insecure-skip-tls-verify: 'true'}}]|; kubeconfig 'F':"
            + " insecure-skip-tls-verify of cluster 'c' is text, expected true or false",
        "clusters: {c: {}}; kubeconfig 'F': clusters is a map, expected a list",
        "clusters: [{name: c}, {name: c}]; kubeconfig 'F': cluster 'c' is defined twice",
        "kind: Pod; 'F' is not a kubeconfig: kind Pod of v1, expected Config of v1",
        "apiVersion: v2; 'F' is not a kubeconfig: kind Config of v2, expected Config of v1",
        "hello; 'F' is not a kubeconfig: not a map",
        "a: [; 'F' is not a kubeconfig: not valid YAML at line 1, column 5"
      })
  void wrongTypesAreNamedWithoutTheirValue(String yaml, String message) throws Exception {
    var file = file("k", yaml);
    var e = assertThrows(DiagbundleException.class, () -> KubeconfigFiles.read(file));
    assertEquals(message.replace("'F'", "'" + file + "'"), e.getMessage());
  }

  @Test
  void explicitFileMustExistAndBeNoFolder() {
    var missing =
        assertThrows(DiagbundleException.class, () -> KubeconfigFiles.read(Path.of("/nope")));
    assertEquals("kubeconfig '/nope' does not exist", missing.getMessage());
    var directory = assertThrows(DiagbundleException.class, () -> KubeconfigFiles.read(folder));
    assertEquals("cannot read kubeconfig '" + folder + "': it is a folder", directory.getMessage());
  }

  private static <T> T get(Map<String, T> entries, String name) {
    return Optional.ofNullable(entries.get(name)).orElseThrow();
  }

  private static String command(Kubeconfig config, String user) {
    return get(config.users(), user).exec().orElseThrow().command();
  }

  private Path file(String name, String content) throws Exception {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}

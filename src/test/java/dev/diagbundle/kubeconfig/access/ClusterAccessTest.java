package dev.diagbundle.kubeconfig.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.ClusterConnection.Header;
import dev.diagbundle.kubeconfig.ClusterConnection.MachineTrust;
import dev.diagbundle.kubeconfig.ClusterConnection.Names;
import dev.diagbundle.kubeconfig.ClusterConnection.Tls;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.kubeconfig.file.ClusterEntry;
import dev.diagbundle.kubeconfig.file.Kubeconfig;
import dev.diagbundle.kubeconfig.file.KubeconfigFiles;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.testing.TestKubeconfig;
import dev.diagbundle.testing.VirtualTicker;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a kubeconfig and options come to. The rules were compared with kubectl 1.32.
final class ClusterAccessTest {
  private static final Optional<String> NONE = Optional.empty();

  @TempDir private Path folder = Path.of("");

  private final VirtualTicker ticker = new VirtualTicker();
  private Map<String, String> environment = Map.of();

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(folder.resolve("ca.crt"), "CA");
    Files.writeString(folder.resolve("tok"), "  from-file \n");
    Files.writeString(folder.resolve("empty"), "");
    Files.writeString(folder.resolve("c.crt"), "CERT");
    Files.writeString(folder.resolve("c.key"), "KEY");
  }

  @Test
  void wholeConnectionIsResolved() throws Exception {
    var connection =
        resolve(
            "{token: t, as: x, as-uid: '1', as-groups: [g], as-user-extra: {a/B: [1a, 2b]}}",
            "{server: 'https://k8s.corp:6443/a//b/?q#f', certificate-authority: ca.crt,"
                + " tls-server-name: name, proxy-url: 'socks5://localhost', disable-compression: true}",
            Overrides.NONE);
    assertEquals(
        new ClusterConnection(
            new Names("c", "ctx", "u", Optional.of("ns")),
            "https://k8s.corp:6443/a/b",
            new Tls(
                false,
                Optional.of(
                    new PemText(
                        "CA",
                        "certificate-authority '" + folder.resolve("ca.crt") + "' of cluster 'c'")),
                MachineTrust.USUAL,
                Optional.of("name")),
            Optional.of(URI.create("socks5://localhost:1080")),
            false,
            List.of(
                new Header("Impersonate-User", "x"),
                new Header("Impersonate-Uid", "1"),
                new Header("Impersonate-Group", "g"),
                new Header("Impersonate-Extra-A%2fb", "1a"),
                new Header("Impersonate-Extra-A%2fb", "2b")),
            connection.credentials()),
        connection);
    assertEquals(Optional.of("Bearer t"), authorization(connection));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{token: ' a b'}; Bearer  a b",
        "{token: 2026-01-01}; Bearer 2026-01-01",
        "{token: a, tokenFile: tok}; Bearer from-file",
        "{token: a, tokenFile: nope}; Bearer a",
        "{token: a, tokenFile: empty}; Bearer a",
        "{tokenFile: tok}; Bearer from-file",
        "{username: jörg, password: 'p:ä'}; Basic asO2cmc6cDrDpA==",
        "{username: a}; Basic YTo=",
        "{token: a, exec: {apiVersion: v, command: x, interactiveMode: Never}}; Bearer a",
        "{client-certificate: c.crt, client-key: c.key, exec: {apiVersion: v, command: x,"
            + " interactiveMode: Never}}; ''",
        "{client-key: c.key, token: a}; Bearer a",
        "{client-certificate: c.crt, client-key: c.key}; ''",
        "{client-certificate: c.crt, client-key: c.key, token: a}; Bearer a"
      })
  void credentialsHaveThePrecedenceOfClientGo(String user, String authorization) throws Exception {
    var connection = resolve(user, "{server: 'https://a'}", Overrides.NONE);
    assertEquals(authorization, authorization(connection).orElse(""));
    assertEquals(
        user.contains("client-certificate"),
        connection.credentials().current().certificate().isPresent());
  }

  @Test
  void contradictionsOfTheUserAreRefused() throws Exception {
    assertEquals(
        List.of("user 'u' has both a token and a username or password; only one is allowed"),
        problems("{token: a, username: b}"));
    assertEquals(
        List.of("user 'u' has both a tokenFile and a username; only one is allowed"),
        problems("{tokenFile: tok, username: b}"));
    assertEquals(
        List.of(
            "user 'u' has both client-certificate and client-certificate-data",
            "user 'u' has a client certificate, but neither client-key nor client-key-data"),
        problems("{client-certificate: c.crt, client-certificate-data: QQ==}"));
    assertEquals(
        List.of(
            "user 'u' has both client-key and client-key-data",
            "client-key '" + folder.resolve("nope") + "' of user 'u' does not exist"),
        problems("{client-certificate: c.crt, client-key: nope, client-key-data: QQ==}"));
    assertEquals(
        List.of(
            "user 'u' has both exec and auth-provider",
            "exec of user 'u' has no command",
            "exec of user 'u' has no apiVersion",
            "exec of user 'u' has a variable without a name in env",
            "exec of user 'u' has no interactiveMode"),
        problems("{exec: {env: [{value: x}]}, auth-provider: {name: oidc}}"));
    assertEquals(
        List.of("exec of user 'u' has the unknown interactiveMode 'Foo'"),
        problems("{exec: {command: x, apiVersion: v1beta1, interactiveMode: Foo}}"));
    assertEquals(
        List.of("user 'u' has as-uid, as-groups or as-user-extra without as"),
        problems("{token: a, as-uid: x}"));
    assertEquals(
        List.of("tokenFile '" + folder.resolve("nope") + "' of user 'u' does not exist"),
        problems("{tokenFile: nope}"));
    assertEquals(
        List.of("tokenFile '" + folder.resolve("empty") + "' of user 'u' is empty"),
        problems("{tokenFile: empty}"));
    assertEquals(
        List.of("token of user 'u' contains a character that no HTTP header can hold"),
        problems("{token: \"a\\nsecret\"}"));
    assertEquals(
        List.of("auth-provider 'gcp' of user 'u' is not supported: it was removed from kubectl"),
        problems("{auth-provider: {name: gcp}}"));
    assertEquals(List.of("user 'u' has no credentials for cluster 'c'"), problems("{}"));
    assertEquals(List.of("user 'u' has no credentials for cluster 'c'"), problems("{password: p}"));
  }

  @Test
  void contradictionsOfTheClusterAreRefused() throws Exception {
    assertEquals(
        List.of(
            "certificate-authority '" + folder.resolve("nope") + "' of cluster 'c' does not exist"),
        ofCluster("{server: 'https://a', certificate-authority: nope}"));
    assertEquals(
        List.of("cluster 'c' has both certificate-authority and certificate-authority-data"),
        ofCluster("{server: x, certificate-authority: ca.crt, certificate-authority-data: QQ==}"));
    assertEquals(
        List.of(
            "cluster 'c' has both insecure-skip-tls-verify and a certificate authority; only one is"
                + " allowed"),
        ofCluster(
            "{server: 'https://a', certificate-authority: ca.crt, insecure-skip-tls-verify: yes}"));
    assertEquals(
        List.of("server 'ftp://a' of cluster 'c' is not a URL of http or https"),
        ofCluster("{server: 'ftp://u:secret@a'}"));
    assertEquals(
        List.of("server 'a:1/x' of cluster 'c' has a path but no scheme"),
        ofCluster("{server: 'a:1/x'}"));
    assertEquals(
        List.of("cluster 'c' of context 'ctx' has no server"), ofCluster("{tls-server-name: x}"));
    assertEquals(
        List.of("proxy-url of cluster 'c' is not the URL of a proxy"),
        ofCluster("{server: 'https://a', proxy-url: 'a:1'}"));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "https://a/, https://a, true",
        "HTTPS://A:1/x/../y/, https://A:1/y, true",
        "'https://[::1]:6443', 'https://[::1]:6443', true",
        "a:6443, http://a:6443, false",
        "127.0.0.1:8080, http://127.0.0.1:8080, true",
        "localhost, http://localhost, true",
        "http://a, http://a, false",
        "http://[::1]:1, http://[::1]:1, true",
        "http://127.example, http://127.example, false"
      })
  void credentialsAreSentEncryptedOrToThisMachine(String server, String url, boolean sent)
      throws Exception {
    var connection = resolve("{token: t}", "{server: '" + server + "'}", Overrides.NONE);
    assertEquals(url, connection.server());
    assertEquals(sent ? Optional.of("Bearer t") : NONE, authorization(connection));
  }

  @Test
  void loginInTheUrlWins() throws Exception {
    var connection = resolve("{token: t}", "{server: 'https://me:p%40w@a/'}", Overrides.NONE);
    assertEquals("https://a", connection.server());
    assertEquals(
        Optional.of(
            "Basic "
                + Base64.getEncoder().encodeToString("me:p@w".getBytes(StandardCharsets.UTF_8))),
        authorization(connection));
  }

  @Test
  void unknownNamesAreErrors() throws Exception {
    var config = config("{token: t}", "{server: 'https://a'}");
    assertEquals(
        List.of("context 'x' is not in the kubeconfig; it has ctx"),
        problems(config, Overrides.NONE.withContext(Optional.of("x"))));
    assertEquals(
        List.of("user 'x' is not in the kubeconfig"),
        problems(
            config,
            new Overrides(NONE, NONE, Optional.of("x"), ClusterEntry.EMPTY, UserEntry.EMPTY)));
    assertEquals(
        List.of("cluster 'x' is not in the kubeconfig"),
        problems(
            config,
            new Overrides(NONE, Optional.of("x"), NONE, ClusterEntry.EMPTY, UserEntry.EMPTY)));
    var file = folder.resolve("k2");
    Files.writeString(
        file,
        "current-context: a\ncontexts: [{name: a, context: {cluster: c1, user: u1}},"
            + " {name: b, context: {cluster: c, user: u1}}]\n"
            + "clusters: [{name: c, cluster: {server: 'https://a'}}]\n");
    var broken = KubeconfigFiles.read(file);
    assertEquals(
        List.of("cluster 'c1' of context 'a' is not in the kubeconfig"),
        problems(broken, Overrides.NONE));
    assertEquals(
        List.of("user 'u1' of context 'b' is not in the kubeconfig"),
        problems(broken, Overrides.NONE.withContext(Optional.of("b"))));
    Files.writeString(file, "current-context: z\ncontexts: [{name: a, context: {}}]\n");
    assertEquals(
        List.of("context 'z' (current-context) is not in the kubeconfig; it has a"),
        problems(KubeconfigFiles.read(file), Overrides.NONE));
    Files.writeString(file, "contexts: [{name: a, context: {}}]\n");
    assertEquals(
        List.of("kubeconfig has no current context"),
        problems(KubeconfigFiles.read(file), Overrides.NONE));
    assertEquals(
        List.of("no cluster: ~/.kube/config does not exist and KUBECONFIG is not set"),
        problems(Kubeconfig.EMPTY, Overrides.NONE));
  }

  @Test
  void optionsReplaceWhatTheyName() throws Exception {
    var config =
        config(
            "{token: t, as: imp, as-groups: [g]}",
            "{server: 'https://a', certificate-authority-data: Q0E=, tls-server-name: name}");
    var server = resolve(config, cluster(Optional.of("https://b"), false, NONE));
    assertEquals("https://b", server.server());
    assertEquals(
        new Tls(
            false,
            Optional.of(new PemText("CA", "certificate-authority-data of cluster 'c'")),
            MachineTrust.USUAL,
            NONE),
        server.tls());
    assertEquals(
        new Tls(true, Optional.empty(), MachineTrust.USUAL, Optional.of("name")),
        resolve(config, cluster(NONE, true, NONE)).tls());
    var authority = folder.resolve("ca.crt").toString();
    assertEquals(
        "certificate-authority '" + authority + "' of cluster 'c'",
        resolve(config, cluster(NONE, false, Optional.of(authority)))
            .tls()
            .authorities()
            .orElseThrow()
            .origin());
    var asOther = resolve(config, user("x", NONE, Optional.of("other")));
    assertEquals(
        List.of(new Header("Impersonate-User", "other"), new Header("Impersonate-Group", "g")),
        asOther.headers());
    assertEquals(Optional.of("Bearer x"), authorization(asOther));
  }

  @Test
  void tokenOfTheOptionsWinsOverTheKubeconfig() throws Exception {
    var config = config("{tokenFile: tok}", "{server: 'https://a'}");
    assertEquals(Optional.of("Bearer x"), authorization(resolve(config, user("x", NONE, NONE))));
    Files.writeString(folder.resolve("other"), "o");
    var file = Optional.of(folder.resolve("other").toString());
    assertEquals(Optional.of("Bearer o"), authorization(resolve(config, user("", file, NONE))));
  }

  @Test
  void serverAloneIsEnough() throws Exception {
    var connection =
        resolve(Kubeconfig.EMPTY, cluster(Optional.of("http://10.0.0.1:8080"), false, NONE));
    assertEquals(new Names("http://10.0.0.1:8080", "", "", NONE), connection.names());
    assertSame(CredentialSource.ANONYMOUS, connection.credentials());
    assertEquals(
        List.of("no user and no credentials for cluster 'https://a'"),
        problems(Kubeconfig.EMPTY, cluster(Optional.of("https://a"), false, NONE)));
  }

  @Test
  void podUsesItsServiceAccount() throws Exception {
    Files.writeString(folder.resolve("token"), "pod\n");
    Files.writeString(folder.resolve("namespace"), "ns1");
    environment = Map.of("KUBERNETES_SERVICE_HOST", "fd00::1", "KUBERNETES_SERVICE_PORT", "443");
    var connection = resolve(Kubeconfig.EMPTY, Overrides.NONE);
    assertEquals(new Names("in-cluster", "", "", Optional.of("ns1")), connection.names());
    assertEquals("https://[fd00::1]:443", connection.server());
    assertEquals("CA", connection.tls().authorities().orElseThrow().text());
    assertEquals(Optional.of("Bearer pod"), authorization(connection));
    assertEquals(
        List.of("context 'x' is not available: there is no kubeconfig"),
        problems(Kubeconfig.EMPTY, Overrides.NONE.withContext(Optional.of("x"))));
  }

  @Test
  void tokenFileIsReadAgainAfterAWhileAndAfterARejection() throws Exception {
    var source = resolve("{tokenFile: tok}", "{server: 'https://a'}", Overrides.NONE).credentials();
    var first = source.current();
    assertEquals(false, source.renew(first));
    Files.writeString(folder.resolve("tok"), "second");
    assertEquals(first, source.current());
    assertEquals(true, source.renew(first));
    Files.writeString(folder.resolve("tok"), "third");
    assertEquals(Optional.of("Bearer second"), source.current().authorization());
    ticker.sleep(Duration.ofSeconds(50));
    assertEquals(Optional.of("Bearer third"), source.current().authorization());
    Files.delete(folder.resolve("tok"));
    ticker.sleep(Duration.ofSeconds(50));
    assertEquals(Optional.of("Bearer third"), source.current().authorization());
  }

  @Test
  void idTokenIsUsedUntilItExpires() throws Exception {
    assertEquals(
        Optional.of("Bearer " + idToken(4_000_000_000L)),
        authorization(resolve(oidc(4_000_000_000L), "{server: 'https://a'}", Overrides.NONE)));
    assertEquals(
        List.of("auth-provider 'oidc' of user 'u' has no valid id-token"), problems(oidc(1)));
  }

  private static String oidc(long expiry) {
    return "{auth-provider: {name: oidc, config: {idp-issuer-url: i, client-id: c, id-token: "
        + idToken(expiry)
        + "}}}";
  }

  private static String idToken(long expiry) {
    var claims = "{\"exp\":" + expiry + "}";
    return "e30."
        + Base64.getUrlEncoder().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
        + ".c2ln";
  }

  private static Overrides cluster(
      Optional<String> server, boolean insecure, Optional<String> authority) {
    var none = ClusterEntry.EMPTY;
    return new Overrides(
        NONE,
        NONE,
        NONE,
        new ClusterEntry(
            server, none.tlsServerName(), insecure, authority, NONE, NONE, false, Optional.empty()),
        UserEntry.EMPTY);
  }

  private static Overrides user(String token, Optional<String> tokenFile, Optional<String> as) {
    return new Overrides(
        NONE,
        NONE,
        NONE,
        ClusterEntry.EMPTY,
        new UserEntry(
            NONE,
            NONE,
            NONE,
            NONE,
            Optional.of(token).filter(text -> !text.isEmpty()),
            tokenFile,
            NONE,
            NONE,
            as,
            NONE,
            List.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty()));
  }

  private static Optional<String> authorization(ClusterConnection connection) throws Exception {
    return connection.credentials().current().authorization();
  }

  private List<String> problems(String user) throws Exception {
    return problems(config(user, "{server: 'https://a'}"), Overrides.NONE);
  }

  private List<String> ofCluster(String cluster) throws Exception {
    return problems(config("{token: t}", cluster), Overrides.NONE);
  }

  private List<String> problems(Kubeconfig config, Overrides overrides) {
    return assertThrows(DiagbundleException.class, () -> resolve(config, overrides))
        .problems()
        .stream()
        .map(Problem::message)
        .collect(Collectors.toList());
  }

  private ClusterConnection resolve(String user, String cluster, Overrides overrides)
      throws Exception {
    return resolve(config(user, cluster), overrides);
  }

  private ClusterConnection resolve(Kubeconfig config, Overrides overrides)
      throws DiagbundleException {
    var surroundings =
        TestKubeconfig.surroundings(environment, folder, new TestKubeconfig.Host(), ticker);
    return ClusterAccess.resolve(config, overrides, surroundings);
  }

  private Kubeconfig config(String user, String cluster) throws Exception {
    var file = folder.resolve("k");
    Files.writeString(
        file,
        "current-context: ctx\n"
            + "contexts: [{name: ctx, context: {cluster: c, user: u, namespace: ns}}]\n"
            + ("clusters: [{name: c, cluster: " + cluster + "}]\n")
            + ("users: [{name: u, user: " + user + "}]\n"));
    return KubeconfigFiles.read(file);
  }
}

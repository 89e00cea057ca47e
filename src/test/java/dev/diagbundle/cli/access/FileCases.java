package dev.diagbundle.cli.access;

import static dev.diagbundle.cli.access.AccessCase.CERTIFICATE;
import static dev.diagbundle.cli.access.AccessCase.CLUSTER;
import static dev.diagbundle.cli.access.AccessCase.USER;
import static dev.diagbundle.cli.access.AccessCase.cluster;
import static dev.diagbundle.cli.access.AccessCase.config;
import static dev.diagbundle.cli.access.AccessCase.exec;
import static dev.diagbundle.cli.access.AccessCase.user;
import static dev.diagbundle.cli.access.AccessCase.usual;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Kubeconfig files, options, and variables that must not matter.
final class FileCases {
  private FileCases() {}

  static List<AccessCase> files() {
    var split =
        usual("three files")
            .file(
                "config",
                "apiVersion: v1\nkind: Config\ncontexts: [{name: c, context: {cluster: c, user: c}}]\ncurrent-context: c\n")
            .file(
                "b",
                "clusters:\n- name: c\n  cluster: {server: 'https://127.0.0.1:{SERVER}', certificate-authority: ca.crt}\n")
            .file("d", "users: [{name: c, user: {token: good}}]\n");
    return List.of(
        usual("KUBECONFIG").environment("KUBECONFIG={DIR}/config"),
        usual("home").file(".kube/config", config("c", CLUSTER, USER)).environment("HOME={DIR}"),
        usual("KUBECONFIG before home")
            .file(".kube/config", config("c", CLUSTER, "token: good-of-home"))
            .environment("HOME={DIR}", "KUBECONFIG={DIR}/config"),
        split.environment("KUBECONFIG={DIR}/config:{DIR}/b:{DIR}/d"),
        split.environment("KUBECONFIG=:{DIR}/d:{DIR}/nope::{DIR}/b:{DIR}/config:"),
        usual("the first file of two")
            .file("b", config("c", CLUSTER, "token: good-of-b"))
            .environment("KUBECONFIG={DIR}/config:{DIR}/b"),
        usual("fields of two files")
            .file("config", config("c", CLUSTER, "as: eve"))
            .file("b", config("c", CLUSTER, USER))
            .environment("KUBECONFIG={DIR}/config:{DIR}/b"),
        usual("contexts of two files")
            .file("b", config("b", CLUSTER, "token: good-of-b"))
            .environment("KUBECONFIG={DIR}/config:{DIR}/b")
            .arguments("--context=b"),
        usual("KUBECONFIG of nothing").environment("KUBECONFIG={DIR}/nope"),
        usual("broken file in KUBECONFIG")
            .file("b", "{{{")
            .environment("KUBECONFIG={DIR}/b:{DIR}/config"),
        usual("unknown current context")
            .file(
                "config",
                config("c", CLUSTER, USER)
                    .replace("current-context: c", "current-context: nosuch")),
        usual("no current context")
            .file(
                "config",
                config("c", CLUSTER, USER).replace("current-context: c", "current-context: ''"))
            .differs("kubectl takes the server http://localhost:8080 then"),
        usual("unknown cluster")
            .file("config", config("c", CLUSTER, USER).replace("cluster: c,", "cluster: nosuch,")));
  }

  static List<AccessCase> yaml() {
    var plain = config("c", CLUSTER, USER);
    return List.of(
        usual("merge key")
            .file(
                "config",
                "x: &base {certificate-authority: ca.crt}\nclusters: [{name: c, cluster: {<<: *base, server: 'https://127.0.0.1:{SERVER}'}}]\ncontexts: [{name: c, context: {cluster: c, user: c}}]\ncurrent-context: c\nusers: [{name: c, user: {token: good}}]\n"),
        usual("second document").file("config", plain + "---\nkind: Config\n"),
        usual("start of a document").file("config", "---\n" + plain),
        usual("JSON")
            .file(
                "config",
                "{\"kind\":\"Config\",\"apiVersion\":\"v1\",\"current-context\":\"c\",\"contexts\":[{\"name\":\"c\",\"context\":{\"cluster\":\"c\",\"user\":\"c\"}}],\"clusters\":[{\"name\":\"c\",\"cluster\":{\"server\":\"https://127.0.0.1:{SERVER}\",\"certificate-authority-data\":\"{CA}\"}}],\"users\":[{\"name\":\"c\",\"user\":{\"token\":\"good\"}}]}"),
        usual("unknown fields")
            .file("config", plain.replace("token: good", "token: good\n    whatever: {a: b}")),
        usual("no apiVersion and kind")
            .file("config", plain.replace("apiVersion: v1\nkind: Config\n", "")),
        usual("other kind").file("config", plain.replace("kind: Config", "kind: Pod")),
        usual("other apiVersion").file("config", plain.replace("apiVersion: v1", "apiVersion: v2")),
        user("token is a number", "token: 123"),
        user("token looks like a date", "token: 2020-01-01"),
        user("token is text over lines", "token: >-\n  good"),
        user("token is nothing", "token:"),
        usual("key twice")
            .file("config", plain.replace("token: good", "token: bad\n    token: good")),
        usual("tabs").file("config", "\tkind: Config\n"),
        usual("empty file")
            .file("config", "")
            .differs("kubectl takes the server http://localhost:8080 then"),
        usual("list").file("config", "- a\n"));
  }

  static List<AccessCase> options() {
    return List.of(
        usual("--context")
            .file("config", config("c", CLUSTER, USER).replace("current-context: c", ""))
            .arguments("--context=c"),
        usual("unknown --context").arguments("--context=nosuch"),
        usual("--server")
            .with("server: https://127.0.0.1:9\ncertificate-authority-data: {CA}", USER)
            .arguments("--server=https://127.0.0.1:{SERVER}"),
        usual("--cluster")
            .file(
                "config",
                config("c", "server: https://127.0.0.1:9", USER)
                    .replace(
                        "clusters:",
                        "clusters:\n- name: d\n  cluster: {server: 'https://127.0.0.1:{SERVER}', certificate-authority: ca.crt}"))
            .arguments("--cluster=d"),
        usual("unknown --cluster").arguments("--cluster=nosuch"),
        usual("--user")
            .file(
                "config",
                config("c", CLUSTER, "token: bad")
                    .replace("users:", "users:\n- name: d\n  user: {token: good-of-d}"))
            .arguments("--user=d"),
        usual("unknown --user").arguments("--user=nosuch"),
        user("--token", "token: bad")
            .spelled(List.of("--token=good-of-file"), List.of("--token={DIR}/token")),
        user("--token over a certificate", CERTIFICATE)
            .spelled(List.of("--token=good-of-file"), List.of("--token={DIR}/token")),
        user("--token over a plugin", exec("{DIR}/plugin", ""))
            .spelled(List.of("--token=good-of-file"), List.of("--token={DIR}/token")),
        user("--token over basic authentication", "username: alice\npassword: good")
            .spelled(List.of("--token=good-of-file"), List.of("--token={DIR}/token")),
        cluster("--insecure-skip-tls-verify", "server: https://127.0.0.1:{NAMED}")
            .arguments("--insecure-skip-tls-verify"),
        usual("--insecure-skip-tls-verify over a CA").arguments("--insecure-skip-tls-verify"),
        usual("options alone")
            .environment("HOME={DIR}/nobody")
            .arguments("--server=https://127.0.0.1:{SERVER}", "--insecure-skip-tls-verify")
            .spelled(List.of("--token=good-of-file"), List.of("--token={DIR}/token")),
        usual("--server without scheme").arguments("--server=127.0.0.1:{SERVER}"));
  }

  static List<AccessCase> strayVariables() {
    return Stream.of(
            "KUBERNETES_MASTER=https://127.0.0.1:9",
            "KUBERNETES_AUTH_TOKEN=bad",
            "KUBERNETES_AUTH_TOKEN={DIR}/nope",
            "KUBERNETES_NAMESPACE=other",
            "KUBERNETES_CERTS_CA_FILE={DIR}/nope",
            "KUBERNETES_TLS_VERSIONS=SSLv3",
            "KUBERNETES_SERVICE_HOST=10.0.0.1")
        .map(variable -> usual(variable).environment(variable, "KUBECONFIG={DIR}/config"))
        .collect(
            Collectors.collectingAndThen(
                Collectors.toList(),
                list -> {
                  list.add(
                      cluster("KUBERNETES_TRUST_CERTIFICATES", "server: https://127.0.0.1:{SERVER}")
                          .environment(
                              "KUBERNETES_TRUST_CERTIFICATES=true", "KUBECONFIG={DIR}/config"));
                  list.add(
                      cluster("SSL_CERT_FILE", "server: https://127.0.0.1:{SERVER}")
                          .environment("SSL_CERT_FILE={DIR}/ca.crt"));
                  return list;
                }));
  }
}

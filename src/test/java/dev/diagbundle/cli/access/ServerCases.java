package dev.diagbundle.cli.access;

import static dev.diagbundle.cli.access.AccessCase.CLUSTER;
import static dev.diagbundle.cli.access.AccessCase.cluster;
import static dev.diagbundle.cli.access.AccessCase.usual;

import java.util.List;

/// Servers, and what is known of their certificates.
final class ServerCases {
  private ServerCases() {}

  static List<AccessCase> servers() {
    return List.of(
        usual("CA as data"),
        cluster(
            "CA as absolute file",
            "server: https://127.0.0.1:{SERVER}\ncertificate-authority: {DIR}/ca.crt"),
        cluster(
            "CA as relative file",
            "server: https://127.0.0.1:{SERVER}\ncertificate-authority: ca.crt"),
        cluster(
            "CA file missing",
            "server: https://127.0.0.1:{SERVER}\ncertificate-authority: {DIR}/nope.crt"),
        cluster(
            "CA file empty", "server: https://127.0.0.1:{SERVER}\ncertificate-authority: empty"),
        cluster("no CA", "server: https://127.0.0.1:{SERVER}"),
        cluster(
            "other CA",
            "server: https://127.0.0.1:{SERVER}\ncertificate-authority-data: {OTHERCA}"),
        cluster("CA data before its file", CLUSTER + "\ncertificate-authority: {DIR}/other-ca.crt"),
        cluster(
            "CA data is no base64",
            "server: https://127.0.0.1:{SERVER}\ncertificate-authority-data: '***'"),
        cluster("insecure", "server: https://127.0.0.1:{SERVER}\ninsecure-skip-tls-verify: true"),
        cluster(
            "insecure, other name",
            "server: https://127.0.0.1:{NAMED}\ninsecure-skip-tls-verify: true"),
        cluster("insecure with CA", CLUSTER + "\ninsecure-skip-tls-verify: true"),
        cluster(
            "server name",
            "server: https://127.0.0.1:{NAMED}\ncertificate-authority-data: {CA}\ntls-server-name: k8s.internal.example"),
        cluster(
            "server name with underscore",
            "server: https://127.0.0.1:{WILD}\ncertificate-authority-data: {CA}\ntls-server-name: my_host.internal"),
        cluster("server name is wrong", CLUSTER + "\ntls-server-name: other.example"),
        cluster(
            "server name and insecure",
            "server: https://127.0.0.1:{NAMED}\ninsecure-skip-tls-verify: true\ntls-server-name: other.example"),
        cluster(
            "certificate of another name",
            "server: https://127.0.0.1:{NAMED}\ncertificate-authority-data: {CA}"),
        cluster(
            "localhost", "server: https://localhost:{SERVER}\ncertificate-authority-data: {CA}"),
        cluster("IPv6", "server: https://[::1]:{SERVER}\ncertificate-authority-data: {CA}"),
        cluster(
            "path",
            "server: https://127.0.0.1:{SERVER}/k8s/clusters/c-1\ncertificate-authority-data: {CA}"),
        cluster(
            "slash at the end",
            "server: https://127.0.0.1:{SERVER}/\ncertificate-authority-data: {CA}"),
        cluster(
            "path and slash",
            "server: https://127.0.0.1:{SERVER}/k8s/\ncertificate-authority-data: {CA}"),
        cluster(
            "no scheme, with CA", "server: 127.0.0.1:{SERVER}\ncertificate-authority-data: {CA}"),
        cluster(
            "capital scheme",
            "server: HTTPS://127.0.0.1:{SERVER}\ncertificate-authority-data: {CA}"),
        cluster("no server", "certificate-authority-data: {CA}"),
        cluster("no compression", CLUSTER + "\ndisable-compression: true"),
        cluster("plain HTTP", "server: http://127.0.0.1:{PLAIN}")
            .differs(
                "kubectl sends no credentials without TLS; a server that asks for them there, such as a"
                    + " local proxy, gets the token that its kubeconfig names"),
        cluster(
            "nothing listens", "server: https://127.0.0.1:9\ncertificate-authority-data: {CA}"));
  }
}

package dev.diagbundle.cli.access;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// One configuration. Texts may contain `{NAME}`, which the [AccessLab] replaces.
///
/// @param files kubeconfigs by file name; the first is given by `--kubeconfig`, unless the
///   environment has `KUBECONFIG` or `HOME`
/// @param arguments of both programs
/// @param environment variables of both programs
/// @param theirs arguments of kubectl only, where the two are spelled differently
/// @param ours arguments of diagbundle only
/// @param difference why the two differ; empty if they must not
record AccessCase(
    String name,
    Map<String, String> files,
    List<String> arguments,
    Map<String, String> environment,
    List<String> theirs,
    List<String> ours,
    String difference) {
  static final String CLUSTER =
      "server: https://127.0.0.1:{SERVER}\ncertificate-authority-data: {CA}";
  static final String NAMED =
      "server: https://k8s.internal.example:{NAMED}\ncertificate-authority-data: {CA}";
  static final String USER = "token: good";
  static final String CERTIFICATE = "client-certificate-data: {CERT}\nclient-key-data: {KEY}";

  /// The usual server and user.
  static AccessCase usual(String name) {
    return new AccessCase(name, Map.of(), List.of(), Map.of(), List.of(), List.of(), "")
        .with(CLUSTER, USER);
  }

  /// Another user of the usual server.
  static AccessCase user(String name, String user) {
    return usual(name).with(CLUSTER, user);
  }

  /// The usual user of another server.
  static AccessCase cluster(String name, String cluster) {
    return usual(name).with(cluster, USER);
  }

  /// The usual user of the server whose name only a proxy knows.
  static AccessCase proxied(String name, String... environment) {
    return usual(name).with(NAMED, USER).environment(environment);
  }

  /// A user with a credential plugin.
  static String exec(String command, String more) {
    return "exec:\n  apiVersion: client.authentication.k8s.io/v1\n  interactiveMode: IfAvailable\n"
        + "  command: "
        + command
        + "\n"
        + more.indent(2);
  }

  AccessCase with(String cluster, String user) {
    return file("config", config("c", cluster, user));
  }

  AccessCase file(String name, String text) {
    var more = new LinkedHashMap<>(files);
    more.put(name, text);
    return new AccessCase(this.name, more, arguments, environment, theirs, ours, difference);
  }

  AccessCase arguments(String... more) {
    return new AccessCase(name, files, List.of(more), environment, theirs, ours, difference);
  }

  AccessCase spelled(List<String> theirs, List<String> ours) {
    return new AccessCase(name, files, arguments, environment, theirs, ours, difference);
  }

  AccessCase environment(String... more) {
    var all = new LinkedHashMap<>(environment);
    for (String variable : more) {
      int sign = variable.indexOf('=');
      all.put(variable.substring(0, sign), variable.substring(sign + 1));
    }
    return new AccessCase(name, files, arguments, all, theirs, ours, difference);
  }

  AccessCase differs(String why) {
    return new AccessCase(name, files, arguments, environment, theirs, ours, why);
  }

  /// A kubeconfig of one context.
  static String config(String name, String cluster, String user) {
    return """
    apiVersion: v1
    kind: Config
    current-context: %1$s
    contexts:
    - name: %1$s
      context: {cluster: %1$s, user: %1$s}
    clusters:
    - name: %1$s
      cluster:
    %2$s
    users:
    - name: %1$s
      user:
    %3$s
    """
        .formatted(name, indented(cluster), indented(user));
  }

  private static String indented(String text) {
    var lines = new ArrayList<String>();
    text.lines().forEach(line -> lines.add("    " + line));
    return lines.isEmpty() ? "    {}" : String.join("\n", lines);
  }

  @Override
  public String toString() {
    return name;
  }
}

package dev.diagbundle.cli.access;

import static dev.diagbundle.cli.access.AccessCase.CERTIFICATE;
import static dev.diagbundle.cli.access.AccessCase.CLUSTER;
import static dev.diagbundle.cli.access.AccessCase.exec;
import static dev.diagbundle.cli.access.AccessCase.user;
import static dev.diagbundle.cli.access.AccessCase.usual;

import java.util.List;

/// Credential plugins.
final class PluginCases {
  private PluginCases() {}

  static List<AccessCase> plugins() {
    var extension =
        CLUSTER
            + "\ntls-server-name: localhost\nproxy-url: http://127.0.0.1:{PROXY}\ndisable-compression: true\n"
            + "extensions:\n- name: client.authentication.k8s.io/exec\n  extension: {audience: x, list: [1, true]}";
    return List.of(
        user("plugin", exec("{DIR}/plugin", "")),
        user("plugin beside the kubeconfig", exec("./plugin", "")),
        user("plugin on the path", exec("plugin", "")),
        user("plugin is missing", exec("{DIR}/nosuch", "installHint: get it")),
        user("plugin is not on the path", exec("nosuch", "")),
        user("plugin that warns", exec("{DIR}/plugin-warns", "")),
        user("plugin fails", exec("{DIR}/plugin-fails", "")),
        user("plugin gives no JSON", exec("{DIR}/plugin-mutters", "")),
        user("plugin gives nothing", exec("{DIR}/plugin-empty", "")),
        user("plugin gives an old token", exec("{DIR}/plugin-old", "")),
        user("plugin gives a certificate", exec("{DIR}/plugin-certificate", "")),
        user(
            "plugin with arguments",
            exec(
                "{DIR}/plugin-says",
                "args: ['--scope=openid&groups', '--x=$HOME', 'a;touch ran', '', \"it's\"]")),
        user(
            "plugin with a variable",
            exec("{DIR}/plugin-says", "env: [{name: EXTRA, value: 'a b'}]")),
        user("plugin knows the cluster", exec("{DIR}/plugin", "provideClusterInfo: true")),
        usual("plugin knows all of the cluster")
            .with(extension, exec("{DIR}/plugin", "provideClusterInfo: true")),
        user("plugin and token", exec("{DIR}/plugin", "") + "token: good"),
        user("plugin and certificate", exec("{DIR}/plugin", "") + CERTIFICATE),
        user(
            "plugin and basic authentication",
            exec("{DIR}/plugin", "") + "username: alice\npassword: good"),
        user("plugin of v1beta1", exec("{DIR}/plugin-beta", "").replace("io/v1\n", "io/v1beta1\n")),
        user(
            "plugin of v1beta1 answers v1",
            exec("{DIR}/plugin", "").replace("io/v1\n", "io/v1beta1\n")),
        user("plugin of v1alpha1", exec("{DIR}/plugin", "").replace("io/v1\n", "io/v1alpha1\n")),
        user(
            "plugin without apiVersion",
            exec("{DIR}/plugin", "")
                .replace("apiVersion: client.authentication.k8s.io/v1", "args: []")),
        user(
            "plugin without interactiveMode",
            exec("{DIR}/plugin", "").replace("  interactiveMode: IfAvailable\n", "")),
        user(
            "plugin of v1beta1 without interactiveMode",
            exec("{DIR}/plugin-beta", "")
                .replace("  interactiveMode: IfAvailable\n", "")
                .replace("io/v1\n", "io/v1beta1\n")),
        user("plugin that must ask", exec("{DIR}/plugin", "").replace("IfAvailable", "Always")),
        user("plugin that never asks", exec("{DIR}/plugin", "").replace("IfAvailable", "Never")),
        user(
            "plugin of an unknown mode",
            exec("{DIR}/plugin", "").replace("IfAvailable", "Sometimes")),
        user("plugin without command", exec("''", "")),
        user("plugin and as", exec("{DIR}/plugin", "") + "as: eve"));
  }
}

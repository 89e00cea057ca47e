package dev.diagbundle.cli.access;

import static dev.diagbundle.cli.access.AccessCase.CERTIFICATE;
import static dev.diagbundle.cli.access.AccessCase.CLUSTER;
import static dev.diagbundle.cli.access.AccessCase.USER;
import static dev.diagbundle.cli.access.AccessCase.config;
import static dev.diagbundle.cli.access.AccessCase.user;
import static dev.diagbundle.cli.access.AccessCase.usual;

import java.util.List;

/// Users, and those that they act as.
final class UserCases {
  private UserCases() {}

  static List<AccessCase> users() {
    return List.of(
        user("token file", "tokenFile: {DIR}/token"),
        user("relative token file", "tokenFile: token"),
        user("token and token file", "token: good\ntokenFile: token"),
        user("token file missing", "tokenFile: nope"),
        user("token file empty", "tokenFile: empty"),
        user("token is refused", "token: bad"),
        user("basic authentication", "username: alice\npassword: good"),
        user("basic authentication is refused", "username: alice\npassword: bad"),
        user("token and basic authentication", "token: good\nusername: alice\npassword: good"),
        user("user name without password", "username: alice"),
        user("certificate", CERTIFICATE),
        user("certificate and token", CERTIFICATE + "\ntoken: good"),
        user(
            "certificate as files",
            "client-certificate: {DIR}/alice.crt\nclient-key: {DIR}/alice.key"),
        user(
            "certificate as relative files",
            "client-certificate: alice.crt\nclient-key: alice.key"),
        user(
            "certificate data, key file", "client-certificate-data: {CERT}\nclient-key: alice.key"),
        user(
            "certificate and key in one file",
            "client-certificate: alice-both.pem\nclient-key: alice-both.pem"),
        user("certificate data before its file", CERTIFICATE + "\nclient-certificate: bob.crt"),
        user("key of SEC 1", "client-certificate: alice.crt\nclient-key: alice-sec1.key"),
        user(
            "key after its parameters",
            "client-certificate: alice.crt\nclient-key: alice-parameters.key"),
        user("key of RSA", "client-certificate: bob.crt\nclient-key: bob.key"),
        user("key of PKCS #1", "client-certificate: bob.crt\nclient-key: bob-pkcs1.key"),
        user("key of Ed25519", "client-certificate: carol.crt\nclient-key: carol.key"),
        user("key of another", "client-certificate: alice.crt\nclient-key: bob.key"),
        user("certificate without key", "client-certificate: alice.crt"),
        user("key without certificate", "client-key: alice.key"),
        user("certificate file missing", "client-certificate: nope.crt\nclient-key: alice.key"),
        user("key is no key", "client-certificate: alice.crt\nclient-key: token"),
        user("identity provider", "auth-provider: {name: gcp}"),
        user("nothing", ""),
        usual("user is not there")
            .file("config", config("c", CLUSTER, USER).replace("user: c}", "user: nosuch}"))
            .differs("kubectl goes on as nobody; a run that can read nothing helps nobody"),
        usual("no user in the context")
            .file("config", config("c", CLUSTER, USER).replace(", user: c}", "}")));
  }

  static List<AccessCase> impersonation() {
    return List.of(
        user("as", "token: good\nas: eve"),
        user("as with groups", "token: good\nas: eve\nas-groups: [readers, writers]"),
        user(
            "as with everything",
            "token: good\nas: 'system:serviceaccount:audit:reader'\nas-groups: [readers]\nas-uid: '42'\nas-user-extra: {reason: [ticket, other], 'example.com/a b': [x]}"),
        user("groups without as", "token: good\nas-groups: [readers]"),
        user("uid without as", "token: good\nas-uid: '42'"),
        user("as by certificate", CERTIFICATE + "\nas: eve"),
        usual("--as")
            .arguments("--as=eve", "--as-group=readers", "--as-group=writers", "--as-uid=42"),
        user("--as over as", "token: good\nas: eve").arguments("--as=mallory"),
        usual("--as-group without --as").arguments("--as-group=readers"));
  }
}

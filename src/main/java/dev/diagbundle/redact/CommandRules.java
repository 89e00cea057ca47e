package dev.diagbundle.redact;

import java.util.List;

/// Passwords at positions known from commands, configurations and program output, without a key
/// that names them.
final class CommandRules {
  private CommandRules() {}

  static List<TextRule> all() {
    return List.of(
        password(
                "(?i:curl)\\b[^\\n]*?\\s(?:-u|--user|--proxy-user)[ =]?['\"]?[^:\\s'\"]+:([^\\s'\"]+)",
                "curl ")
            .within(2_000, " -u", "--user", "--proxy-user"),
        password("etcdctl\\b[^\\n]*?\\s--user[ =]['\"]?[^:\\s'\"]+:([^\\s'\"]+)", "etcdctl ")
            .within(2_000, "--user"),
        // A name with a password, unlike `--user nobody:nogroup`, which names a group.
        password(
                "--(?:user|auth|proxy-user)[ =]['\"]?[^:\\s'\"/]+:(" + MIXED + ")",
                "--user ",
                "--user=",
                "--auth ",
                "--auth=",
                "--proxy-user ",
                "--proxy-user=")
            .within(300),
        password("(?i:sshpass)\\s+-p\\s*['\"]?([^\\s'\"]+)", "sshpass "),
        password("(?i:redis-cli)\\b[^\\n]*?\\s-a\\s+['\"]?([^\\s'\"]+)", "redis-cli ")
            .within(500, " -a "),
        password("mysql(?:dump|admin)?\\s[^\\n]*?-p([^\\s'\"]+)", "mysql ", "mysqldump ")
            .within(2_000, "-p"),
        password(
                "(?:docker|podman|nerdctl|registry) login\\s(?:[^\\n]*?\\s)?-p[ =]?['\"]?([^\\s'\"]+)",
                "docker login",
                "podman login",
                "nerdctl login",
                "registry login")
            .within(500, " -p"),
        password("machine\\s+\\S+\\s+login\\s+\\S+\\s+password\\s+([^\\s\"\\\\]+)", "machine ")
            .within(300, " login ", "\tlogin "),
        password(
            "(?:\n|\\\\n)?(?i:requirepass|masterauth) +\\\\*\"?([^\\s\"\\\\]+)\\\\*\"?(?:\\s|\\\\|$)",
            "\nrequirepass ",
            "\nmasterauth ",
            "\\nrequirepass ",
            "\\nmasterauth "),
        // MySQL, on its first start.
        password("(?i:password is generated for) \\S+: (\\S+)", "password is generated for "),
        password("(?i:password is):\\s+['\"]?([^\\s'\"]+)", "password is:"),
        // Windows.
        password(
                SECURE_STRING + "\\\\*[\"']([^\"'$\\r\\n\\\\][^\"'\\r\\n\\\\]*)",
                "convertto-securestring")
            .within(300),
        password(SECURE_STRING + "([^\\s\"'$(\\\\-][^\\s\"')]*)", "convertto-securestring")
            .within(300),
        password(
                "(?i:net1?(?:\\.exe)? use)\\s[^\\n]*?\\\\\\\\\\S+\\s+(?:/user:\\S+\\s+)?([^\\s/\"*][^\\s\"]*)",
                "net use ",
                "net.exe use ")
            .within(500, "\\\\"),
        password(
                "(?i:net1?(?:\\.exe)? user)\\s+\\S+\\s+([^\\s/\"*][^\\s\"]*)",
                "net user ",
                "net.exe user ")
            .within(300),
        password("(?i:schtasks)[^\\n]*?\\s/(?i:rp)\\s+\"?([^\\s\"*]+)", "schtasks")
            .within(1_000, "/rp", "/RP"));
  }

  /// A word of letters with a digit, a capital or a sign in it.
  private static final String MIXED =
      "[^\\s'\"/:]*(?:[A-Za-z][^\\s'\"/:]*[0-9A-Z!@#$%^&*+]|[0-9A-Z!@#$%^&*+][^\\s'\"/:]*[A-Za-z])"
          + "[^\\s'\"/:]*";

  private static final String SECURE_STRING =
      "(?i:convertto-securestring)(?:\\s+-(?i:string|asplaintext|force))*\\s+";

  private static PatternRule password(String pattern, String... literals) {
    return new PatternRule("password", pattern, literals);
  }
}

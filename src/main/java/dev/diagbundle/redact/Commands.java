package dev.diagbundle.redact;

import java.util.List;

/// Passwords where commands and configurations take them without a sign that says so, and where
/// programs print them.
final class Commands {
  private Commands() {}

  static List<TextRule> all() {
    return List.of(
        password(
            "(?i:curl)\\b[^\\n]*?\\s(?:-u|--user|--proxy-user)[ =]?['\"]?[^:\\s'\"]+:([^\\s'\"]+)",
            "curl "),
        password("(?i:sshpass)\\s+-p\\s*['\"]?([^\\s'\"]+)", "sshpass "),
        password("(?i:redis-cli)\\b[^\\n]*?\\s-a\\s+['\"]?([^\\s'\"]+)", "redis-cli "),
        password("mysql(?:dump|admin)?\\s[^\\n]*?-p([^\\s'\"]+)", "mysql ", "mysqldump "),
        password(
            "(?:docker|podman|nerdctl|registry) login\\s(?:[^\\n]*?\\s)?-p[ =]?['\"]?([^\\s'\"]+)",
            "docker login",
            "podman login",
            "nerdctl login",
            "registry login"),
        password("machine\\s+\\S+\\s+login\\s+\\S+\\s+password\\s+([^\\s\"\\\\]+)", "machine "),
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
            "convertto-securestring"),
        password(SECURE_STRING + "([^\\s\"'$(\\\\-][^\\s\"')]*)", "convertto-securestring"),
        password(
            "(?i:net1?(?:\\.exe)? use)\\s[^\\n]*?\\\\\\\\\\S+\\s+(?:/user:\\S+\\s+)?([^\\s/\"*][^\\s\"]*)",
            "net use ",
            "net.exe use "),
        password(
            "(?i:net1?(?:\\.exe)? user)\\s+\\S+\\s+([^\\s/\"*][^\\s\"]*)",
            "net user ",
            "net.exe user "),
        password("(?i:schtasks)[^\\n]*?\\s/(?i:rp)\\s+\"?([^\\s\"*]+)", "schtasks"));
  }

  private static final String SECURE_STRING =
      "(?i:convertto-securestring)(?:\\s+-(?i:string|asplaintext|force))*\\s+";

  private static TextRule password(String pattern, String... literals) {
    return new PatternRule("password", pattern, literals);
  }
}

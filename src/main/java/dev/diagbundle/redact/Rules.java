package dev.diagbundle.redact;

import dev.diagbundle.redact.FieldName.Kind;
import java.util.List;
import java.util.Set;

/// All rules of diagbundle. A new one is one line here. Rules that share a name are one to users.
final class Rules {
  private static final ByteSet UPPER = ByteSet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  private static final ByteSet DOTTED = ByteSet.TOKEN.and(".");

  private Rules() {}

  static List<TextRule> all() {
    return List.of(
        new PrivateKey(),
        new EncodedPrivateKey(),
        new JsonWebToken(),
        new Authorization(),
        new UrlPassword(),
        new ObjectValues("object-values", "stringdata", ""),
        new ObjectValues("object-values", "staticpodurlheader", ""),
        new ObjectValues("object-values", "data", "kind:secret"),
        new SecretField("password", List.of("pass", "pwd"), Set.of(Kind.PASSWORD)),
        new SecretField("token", List.of("token"), Set.of(Kind.TOKEN)),
        new SecretField("secret", List.of("secret", "credential"), Set.of(Kind.TOKEN, Kind.SECRET)),
        new SecretField("key", List.of("key"), Set.of(Kind.KEY)),
        new SecretField("docker", List.of("auth"), Set.of(Kind.AUTH)),
        new SecretField("docker", List.of("dockerc"), Set.of(Kind.TOKEN)),
        new BootstrapToken(),
        new TokenRule("aws", "AKIA", UPPER, 16),
        new TokenRule("aws", "ASIA", UPPER, 16),
        new TokenRule("gcp", "AIza", ByteSet.TOKEN, 35),
        new TokenRule("gcp", "ya29.", ByteSet.TOKEN, 20),
        new TokenRule("gcp", "GOCSPX-", ByteSet.TOKEN, 20),
        new TokenRule("github", "ghp_", ByteSet.TOKEN, 30),
        new TokenRule("github", "gho_", ByteSet.TOKEN, 30),
        new TokenRule("github", "ghu_", ByteSet.TOKEN, 30),
        new TokenRule("github", "ghs_", ByteSet.TOKEN, 30),
        new TokenRule("github", "ghr_", ByteSet.TOKEN, 30),
        new TokenRule("github", "github_pat_", ByteSet.TOKEN, 40),
        new TokenRule("gitlab", "glpat-", DOTTED, 20),
        new TokenRule("gitlab", "gldt-", DOTTED, 20),
        new TokenRule("gitlab", "glrt-", DOTTED, 20),
        new TokenRule("gitlab", "glcbt-", DOTTED, 20),
        new TokenRule("slack", "xoxb-", ByteSet.TOKEN, 20),
        new TokenRule("slack", "xoxp-", ByteSet.TOKEN, 20),
        new TokenRule("slack", "xoxa-", ByteSet.TOKEN, 20),
        new TokenRule("slack", "xoxs-", ByteSet.TOKEN, 20),
        new TokenRule("slack", "xapp-", ByteSet.TOKEN, 20),
        new PatternRule(
            "slack",
            "hooks\\.slack\\.com/(?:services|workflows)/([A-Za-z0-9/_-]{20,})",
            "hooks.slack.com/"),
        new TokenRule("npm", "npm_", ByteSet.TOKEN, 36),
        new TokenRule("docker", "dckr_pat_", ByteSet.TOKEN, 20),
        new TokenRule("docker", "dckr_oat_", ByteSet.TOKEN, 20),
        new TokenRule("vault", "hvs.", ByteSet.TOKEN, 24),
        new TokenRule("vault", "hvb.", ByteSet.TOKEN, 24),
        new TokenRule("api-key", "sk_live_", ByteSet.TOKEN, 16),
        new TokenRule("api-key", "sk-ant-", ByteSet.TOKEN, 30),
        new TokenRule("api-key", "sk-proj-", ByteSet.TOKEN, 30),
        new TokenRule("api-key", "SG.", DOTTED, 60),
        new TokenRule("api-key", "pypi-", ByteSet.TOKEN, 60),
        new TokenRule("api-key", "glsa_", ByteSet.TOKEN, 30),
        new TokenRule("api-key", "dop_v1_", ByteSet.TOKEN, 60),
        new TokenRule("api-key", "AGE-SECRET-KEY-1", UPPER, 50),
        new PatternRule("azure", "(?i:sig)=([A-Za-z0-9%+/=_-]{30,})", "sig="),
        new AroundRule("azure", "8q~", ByteSet.TOKEN.and("~."), 3, 31),
        new AroundRule("url-password", "@tcp(", ByteSet.allBut(":@ \t\r\n\"'=/"), 100, 0),
        new PatternRule(
            "signature",
            "(?i:x-(?:amz|goog)-signature)=([0-9a-fA-F]{32,})",
            "x-amz-signature=",
            "x-goog-signature="),
        new PatternRule(
            "url-password", "(?i:jdbc:oracle:\\w+:)[^/\\s]+/([^@\\s]+)@", "jdbc:oracle:"),
        new PatternRule(
            "password",
            "(?i:curl)\\b[^\\n]*?\\s(?:-u|--user|--proxy-user)[ =]?['\"]?[^:\\s'\"]+:([^\\s'\"]+)",
            "curl "),
        new PatternRule("password", "(?i:sshpass)\\s+-p\\s*['\"]?([^\\s'\"]+)", "sshpass "),
        new PatternRule(
            "password", "(?i:redis-cli)\\b[^\\n]*?\\s-a\\s+['\"]?([^\\s'\"]+)", "redis-cli "),
        new PatternRule(
            "password", "mysql(?:dump|admin)?\\s[^\\n]*?-p([^\\s'\"]+)", "mysql ", "mysqldump "));
  }
}

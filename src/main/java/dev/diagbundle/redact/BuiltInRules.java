package dev.diagbundle.redact;

import module java.base;

import dev.diagbundle.redact.FieldName.Kind;

/// The built-in redaction rules. A new one is one line here. Rules that share a name are one rule
/// to users.
final class BuiltInRules {
  private static final ByteSet UPPER = ByteSet.of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  private static final ByteSet DOTTED = ByteSet.TOKEN.and(".");

  private BuiltInRules() {}

  static List<TextRule> all() {
    return Stream.concat(known().stream(), CommandRules.all().stream()).toList();
  }

  private static List<TextRule> known() {
    return List.of(
        new PrivateKey(),
        new EncodedPrivateKey(),
        new EncodedConfig(
            "kubeconfig",
            EncodedConfig.YAML_VERSION,
            List.of("client-key-data:", "token:", "password:", "kind: Secret")),
        new EncodedConfig(
            "kubeconfig",
            "eyJhcGlWZXJzaW9u",
            List.of("client-key-data", "\"token\"", "\"password\"", "\"Secret\"")),
        new EncodedConfig("docker", "eyJhdXRocyI6", List.of("\"auth\"", "\"password\"", "token\"")),
        new EncodedConfig("gcp", "eyJ0eXBlIjoic2VydmljZV9hY2NvdW50", List.of("private_key")),
        new EncodedConfig("gcp", "eyJ0eXBlIjogInNlcnZpY2VfYWNjb3VudC", List.of("private_key")),
        new EncodedConfig("gcp", "ewogICJ0eXBlIjogInNlcnZpY2VfYWNjb3VudC", List.of("private_key")),
        new JsonWebToken(),
        new Authorization(),
        new UrlPassword(),
        new ObjectValues("object-values", "stringdata", ""),
        new ObjectValues("object-values", "staticpodurlheader", ""),
        new ObjectValues("object-values", "data", "kind:secret"),
        new SecretField(
            "password", List.of("pass", "pwd", "bindpw", "_pw", "-pw"), Set.of(Kind.PASSWORD)),
        new SecretField("token", List.of("token"), Set.of(Kind.TOKEN)),
        new SecretField("secret", List.of("secret", "credential"), Set.of(Kind.TOKEN, Kind.SECRET)),
        new SecretField("key", List.of("key", "psk"), Set.of(Kind.KEY)),
        new SecretField("docker", List.of("auth"), Set.of(Kind.AUTH)),
        new SecretField("token", List.of("erlang_cookie", "erlangcookie"), Set.of(Kind.TOKEN)),
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
        new TokenRule("gitlab", "glagent-", DOTTED, 20),
        new TokenRule("gitlab", "glptt-", DOTTED, 20),
        new TokenRule("gitlab", "gloas-", DOTTED, 20),
        new TokenRule("gitlab", "GR1348941", ByteSet.TOKEN, 20),
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
        new TokenRule("api-key", "sk_test_", ByteSet.TOKEN, 16),
        new TokenRule("api-key", "rk_live_", ByteSet.TOKEN, 16),
        new TokenRule("api-key", "hf_", ByteSet.letters().and("0123456789"), 30),
        new PatternRule(
            "api-key",
            "(?i:discord(?:app)?\\.com/api/webhooks/)\\d+/([A-Za-z0-9_-]{20,})",
            "discord.com/api/webhooks/",
            "discordapp.com/api/webhooks/"),
        new PatternRule(
            "api-key",
            "(?i:webhook\\.office\\.com/webhookb2/)([A-Za-z0-9/@_-]{20,})",
            "webhook.office.com/webhookb2/"),
        new TokenRule("api-key", "sk-ant-", ByteSet.TOKEN, 30),
        new TokenRule("api-key", "sk-proj-", ByteSet.TOKEN, 30),
        new TokenRule("api-key", "SG.", DOTTED, 60),
        new TokenRule("api-key", "pypi-", ByteSet.TOKEN, 60),
        new TokenRule("api-key", "glsa_", ByteSet.TOKEN, 30),
        new TokenRule("api-key", "dop_v1_", ByteSet.TOKEN, 60),
        new TokenRule("api-key", "AGE-SECRET-KEY-1", UPPER, 50),
        new PatternRule("azure", "(?i:sig)=([A-Za-z0-9%+/=_-]{30,})", "sig="),
        new InfixRule("azure", "8q~", ByteSet.TOKEN.and("~."), 3, 31),
        new InfixRule("azure", "7q~", ByteSet.TOKEN.and("~."), 3, 31),
        new InfixRule("url-password", "@tcp(", ByteSet.allBut(":@ \t\r\n\"'=/"), 100, 0),
        new PatternRule(
            "signature",
            "(?i:x-(?:amz|goog)-signature)=([0-9a-fA-F]{32,})",
            "x-amz-signature=",
            "x-goog-signature="),
        new PatternRule(
            "url-password", "(?i:jdbc:oracle:\\w+:)[^/\\s]+/([^@\\s]+)@", "jdbc:oracle:"),
        // Ceph: type, time, length 16, and the key.
        new PatternRule(
                "key",
                "(?:[=:] ?|\")(AQ[A-Za-z0-9+/]{10}[A-P][BRhx]AA[A-Za-z0-9+/]{22}==)",
                "=aq",
                "= aq",
                ": aq",
                "\"aq")
            .within(64),
        new PatternRule(
            "authorization",
            "(?i:cookie)\\\\*[\"']?: ?\\[?\\\\*[\"']?([\\w.-]+=[^\"'\\]\\r\\n\\\\]{8,})",
            "cookie:",
            "cookie\":",
            "cookie\\\":"));
  }
}

package dev.diagbundle.analyze.rules.support;

import module java.base;

import java.util.regex.Pattern;

/// Patterns of secrets, for a final check after redaction.
public final class SecretPatterns {
  /// Literals of which a line must contain one, case-insensitively, to be examined.
  public static final List<String> LITERALS =
      List.of(
          "eyJ",
          "PRIVATE KEY",
          "AKIA",
          "ASIA",
          "ghp_",
          "github_pat_",
          "glpat-",
          "xoxb-",
          "xoxp-",
          "://");

  // Without nested repetition: a hostile text costs no more than its length. Text in brackets was
  // redacted already.
  private static final Map<String, Pattern> FORMS =
      new TreeMap<>(
          Map.of(
              "JSON web token", Pattern.compile("eyJ[A-Za-z0-9_-]{8,2000}\\.[A-Za-z0-9_-]{4,2000}"),
              "private key", Pattern.compile("-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----"),
              "AWS key", Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
              "GitHub token",
                  Pattern.compile(
                      "\\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,100})"),
              "GitLab token", Pattern.compile("\\bglpat-[A-Za-z0-9_-]{20}"),
              "Slack token", Pattern.compile("\\bxox[bp]-[A-Za-z0-9-]{10,100}"),
              "password in a URL",
                  Pattern.compile("://[A-Za-z0-9._%+-]{1,100}:([^\\s:@/\\[\\]<>${}*(]{3,200})@")));

  /// A prefilter for lines of logs, which must match one alternative; the forms themselves decide.
  public static final String ANY =
      "eyJ[A-Za-z0-9_-]{8}|PRIVATE KEY-----|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[bp]-"
          + "|://[^\\s/@]{1,200}:[^\\s/@]{1,200}@";

  private SecretPatterns() {}

  /// A detected secret, without its value.
  ///
  /// @param type its type, for example `JSON web token`
  /// @param digest the digest of the secret, for [#mark]
  public record Found(String type, int length, String digest) {
    /// A mark that is equal for equal secrets of one bundle, and does not reveal the secret.
    ///
    /// @param salt a value that is unique to this bundle
    public String mark(String salt) {
      return sha256(salt + digest).substring(0, 8);
    }

    public String words(String salt) {
      return type + ", " + length + " characters, mark " + mark(salt);
    }
  }

  /// The first secret of the text.
  public static Optional<Found> in(String text) {
    for (var form : FORMS.entrySet()) {
      var matcher = form.getValue().matcher(text);
      if (matcher.find()) {
        return Optional.of(of(form.getKey(), matcher.group()));
      }
    }
    return Optional.empty();
  }

  public static Found of(String type, String secret) {
    return new Found(type, secret.length(), sha256(secret));
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

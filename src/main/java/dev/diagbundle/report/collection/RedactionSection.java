package dev.diagbundle.report.collection;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.report.html.TextFormat;

/// The section "Redaction": the replaced secrets, by rule, as counted in the manifest.
///
/// @param off true if redaction was disabled for the run
/// @param total the number of rules with matches, of which `rows` are shown at most
public record RedactionSection(
    boolean off, long values, int files, String count, int total, List<Row> rows) {
  private static final int MAX_RULES = 60;

  /// The kinds of secret of the built-in rules; users may add other rules.
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("api-key", "Keys of well-known services, recognized by prefix"),
          Map.entry("authorization", "Credentials in Authorization headers"),
          Map.entry("aws", "AWS access keys"),
          Map.entry("azure", "Azure signatures and client secrets"),
          Map.entry("bootstrap-token", "kubeadm bootstrap tokens"),
          Map.entry("docker", "Registry credentials"),
          Map.entry("gcp", "Google Cloud keys and tokens"),
          Map.entry("github", "GitHub tokens"),
          Map.entry("gitlab", "GitLab tokens"),
          Map.entry("jwt", "JSON Web Tokens"),
          Map.entry("key", "Values of fields named like keys"),
          Map.entry("npm", "npm tokens"),
          Map.entry("object-values", "Secret values in other objects"),
          Map.entry("password", "Values of fields named like passwords"),
          Map.entry("private-key", "Private keys"),
          Map.entry("secret", "Values of fields named like secrets"),
          Map.entry("signature", "Signatures in signed URLs"),
          Map.entry("slack", "Slack tokens and webhooks"),
          Map.entry("token", "Values of fields named like tokens"),
          Map.entry("url-password", "Passwords in URLs"),
          Map.entry("vault", "Vault tokens"));

  /// One rule.
  record Row(String rule, String what, String values, String files) {}

  private static final class Tally {
    private long values;
    private long files;
  }

  public static RedactionSection of(Manifest manifest) {
    var rules = new TreeMap<String, Tally>();
    long values = 0;
    int files = 0;
    for (Entry entry : manifest.entries()) {
      files += entry.redactions().isEmpty() ? 0 : 1;
      for (var redaction : entry.redactions().entrySet()) {
        var tally = rules.computeIfAbsent(redaction.getKey(), _ -> new Tally());
        tally.values += redaction.getValue();
        tally.files++;
        values += redaction.getValue();
      }
    }
    var rows = new ArrayList<Row>();
    rules.entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue().values, a.getValue().values))
        .limit(MAX_RULES)
        .forEach(rule ->
            rows.add(
                new Row(
                    rule.getKey(),
                    WORDS.getOrDefault(rule.getKey(), ""),
                    TextFormat.count(rule.getValue().values),
                    TextFormat.count(rule.getValue().files))));
    return new RedactionSection(
        manifest.run().command().contains("--no-redact"),
        values,
        files,
        count(values, files),
        rules.size(),
        List.copyOf(rows));
  }

  /// The counts in words: `337 values in 12 files`.
  private static String count(long values, int files) {
    return TextFormat.count(values, "value") + " in " + TextFormat.count(files, "file");
  }
}

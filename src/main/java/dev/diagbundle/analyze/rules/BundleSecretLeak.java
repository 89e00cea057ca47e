package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.SecretPatterns;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Secrets that remain in the bundle despite redaction, or because redaction was off. The finding
/// never contains one: a mark distinguishes equal ones from others.
///
/// Logs, pods, workloads, ConfigMaps, Secrets and events are examined; other objects and files
/// below a node's log folder only if they are logs.
final class BundleSecretLeak extends Rule {
  private static final int MAX_LEAKS = 2_000;
  private static final int MAX_TEXT = 16_384;
  private static final List<String> FOLDERS =
      List.of(
          "pods",
          "deployments",
          "statefulsets",
          "daemonsets",
          "replicasets",
          "jobs",
          "cronjobs",
          "configmaps",
          "events");
  private static final Pattern NAME =
      Pattern.compile(
          "(?i)(?:^|[-_.])(?:pass|passwd|password|secret|token|credentials?|api[-_]?key)$"
              + "|(?:password|secretkey|apikey|authtoken)$");

  /// Placeholders for values that are filled in elsewhere or were removed.
  private static final Pattern PLACEHOLDER =
      Pattern.compile(
          "^$|^\\[redacted|^\\(\\d+ bytes, not"
              + " collected\\)$|^[$<{*%]|^(?i:changeme|true|false|none|null|xxx+|redacted)$|^/");

  BundleSecretLeak() {
    super(
        "bundle-secret-leak",
        Layer.BUNDLE,
        "Do not share this bundle: run diagbundle redact with a rule for the named secret, and"
            + " rotate every secret that was already shared.",
        KUBERNETES + "concepts/security/secrets-good-practices/");
  }

  /// A secret with its place, without a description yet.
  private record Leak(SecretPatterns.Found found, Evidence place, String words) {
    Evidence evidence(String salt) {
      return place.saying(words + found.words(salt));
    }
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var leaks = new ArrayList<Leak>();
    for (String paths : List.of("nodes/**", "cluster-resources/pods/logs/**")) {
      interests.lines(
          paths,
          SecretPatterns.LITERALS,
          SecretPatterns.ANY,
          line ->
              SecretPatterns.in(line.text())
                  .ifPresent(found -> add(leaks, found, line.evidence().saying(), "")));
    }
    for (String folder : FOLDERS) {
      interests.objects(folder, seen -> look(seen.tree(), seen, leaks));
    }
    interests.objects(
        "secrets",
        seen -> {
          for (String part : List.of("data", "stringData")) {
            for (var value : seen.tree().path(part).properties()) {
              if (!PLACEHOLDER.matcher(value.getValue().asText("")).find()) {
                add(
                    leaks,
                    SecretPatterns.of("value of a Secret", value.getValue().asText("")),
                    seen.evidence(),
                    "Secret " + path(seen) + ", " + value.getKey() + ": ");
              }
            }
          }
        });
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var run = facts.manifest().run();
      var salt = run.rootFolder() + "\n" + run.started();
      var types = new TreeSet<String>();
      var files = new TreeSet<String>();
      for (Leak leak : leaks) {
        types.add(leak.found.type());
        files.add(leak.place.path());
        groups.add(
            Hit.of(
                Severity.CRITICAL,
                "secrets",
                new ObjectName("secret", "", leak.found.type() + " " + leak.found.mark(salt)),
                leak.evidence(salt)));
      }
      conclusion.found(
          groups,
          group ->
              group.counted("secret")
                  + " not redacted ("
                  + RuleText.list(types)
                  + ") in "
                  + RuleText.count(files.size(), "file")
                  + ": do not share this bundle");
    };
  }

  private static void add(
      List<Leak> leaks, SecretPatterns.Found found, Evidence place, String words) {
    if (leaks.size() < MAX_LEAKS) {
      leaks.add(new Leak(found, place, words));
    }
  }

  private static void look(JsonNode tree, SourceObject seen, List<Leak> leaks) {
    if (tree.isTextual()) {
      var text = tree.asText();
      if (SecretPatterns.LITERALS.stream().anyMatch(text::contains)) {
        SecretPatterns.in(text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text)
            .ifPresent(found -> add(leaks, found, seen.evidence(), path(seen) + ": "));
      }
      return;
    }
    for (var field : tree.properties()) {
      if (field.getKey().equals("env")) {
        field.getValue().forEach(variable -> lookAt(variable, seen, leaks));
      }
      look(field.getValue(), seen, leaks);
    }
    if (tree.isArray()) {
      tree.forEach(each -> look(each, seen, leaks));
    }
  }

  private static void lookAt(JsonNode variable, SourceObject seen, List<Leak> leaks) {
    var name = Fields.text(variable, "name");
    var value = Fields.text(variable, "value");
    if (NAME.matcher(name).find() && !PLACEHOLDER.matcher(value).find()) {
      add(
          leaks,
          SecretPatterns.of("environment variable named like a secret", value),
          seen.evidence(),
          "variable " + name + " of " + path(seen) + ": ");
    }
  }

  private static String path(SourceObject seen) {
    return seen.namespace() + "/" + seen.name();
  }
}

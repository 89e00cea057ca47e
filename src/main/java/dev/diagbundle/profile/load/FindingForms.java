package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.Glob;
import dev.diagbundle.model.checks.CheckIds;
import dev.diagbundle.model.checks.FieldPath;
import dev.diagbundle.model.checks.FieldTest;
import dev.diagbundle.model.checks.LogKind;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.Violation;
import java.util.regex.Pattern;

/// The forms of text in the section `findings`.
final class FindingForms {
  static final List<String> SEVERITIES = List.of("critical", "warning", "info");

  static final TextForm CHECK =
      oneOf("a check such as pod-crash-loop", "check", "checks", CheckIds.ALL);
  static final TextForm SEVERITY =
      oneOf("a severity such as warning", "severity", "severities", SEVERITIES);
  static final TextForm LOG_KIND =
      oneOf("a kind of logs such as podLogs", "kind of logs", "kinds", LogKind.labels());
  static final TextForm OP =
      oneOf("an operator such as eq", "operator", "operators", FieldTest.Op.labels());

  private static final Pattern ID = Pattern.compile("^[a-z][a-z0-9]*(-[a-z0-9]+)*$");

  static final TextForm ID_OF_OWN =
      new TextForm(
          "an id such as payments-db-lost",
          "payments-db-lost",
          ID.pattern(),
          60,
          false,
          FindingForms::idFault);
  static final TextForm TITLE = line("{count} pods lost the database", 300);
  static final TextForm WORDS = line("Restart the gateway.", 1_024);
  static final TextForm ADDRESS =
      TextForm.form(
          "an address such as https://wiki.example.com/runbook",
          "https://wiki.example.com/runbook",
          "^https?://[A-Za-z0-9._~:/?#@!$&'()*+,;=%-]+$",
          1_024);
  static final TextForm KIND =
      TextForm.form(
          "a resource such as pods or ippools.crd.projectcalico.org",
          "deployments.apps",
          "^[a-z][a-z0-9-]*(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$",
          253);
  static final TextForm BUNDLE_GLOB =
      TextForm.checked(
          "a glob such as cluster-resources/pods/logs/shop/**",
          "cluster-resources/pods/logs/shop/**",
          "^[^/].*$",
          FindingForms::globFault);
  static final TextForm FIELD =
      TextForm.checked(
          "a path of fields such as .spec.replicas",
          ".status.conditions[type=Ready].status",
          "^[.\\[].*$",
          FindingForms::pathFault);

  private FindingForms() {}

  private static TextForm line(String example, int maxLength) {
    return TextForm.form("a line of text", example, "^.*\\S.*$", maxLength);
  }

  private static TextForm oneOf(String expected, String noun, String nouns, List<String> words) {
    return new TextForm(
        expected,
        words.getFirst(),
        "^(" + String.join("|", words) + ")$",
        60,
        false,
        text ->
            words.contains(text)
                ? Optional.empty()
                : Violation.of(
                    "unknown " + noun + " " + Quoted.text(text) + Suggestion.question(text, words),
                    nouns + ": " + String.join(", ", words)));
  }

  private static Optional<Violation> idFault(String text) {
    if (CheckIds.ALL.contains(text)) {
      return Violation.of(
          "id " + Quoted.text(text) + " belongs to a built-in check",
          "use another id; 'ignore' disables a check");
    }
    return ID.matcher(text).matches()
        ? Optional.empty()
        : Violation.of("expected an id such as payments-db-lost, got " + Quoted.text(text));
  }

  private static Optional<Violation> globFault(String text) {
    if (text.startsWith("/")) {
      return Violation.of(
          "glob " + Quoted.text(text) + " is not relative to the bundle's root folder",
          "'diagbundle ls BUNDLE' shows the paths");
    }
    return Glob.problem(text)
        .flatMap(problem -> Violation.of("invalid glob " + Quoted.text(text) + ": " + problem));
  }

  private static Optional<Violation> pathFault(String text) {
    return FieldPath.fault(text)
        .flatMap(rest ->
            Violation.of(
                "invalid field path " + Quoted.text(text) + " at " + Quoted.text(rest),
                "as in .spec.replicas, .spec.containers[*].image,"
                    + " .status.conditions[type=Ready].status,"
                    + " .metadata.labels[\"example.com/team\"]"));
  }
}

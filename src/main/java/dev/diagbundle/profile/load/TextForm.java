package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.DurationText;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.LinePattern;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.Violation;
import java.util.regex.Pattern;

/// A form of text in profiles.
///
/// @param expected description in messages, with an example
/// @param example for editors
/// @param pattern of the form in the JSON Schema; the check may be stricter
/// @param maxLength in characters
/// @param numberToo whether a bare number is accepted
/// @param check the problem of a text, if it has one
record TextForm(
    String expected,
    String example,
    String pattern,
    int maxLength,
    boolean numberToo,
    Check check) {
  /// Finds the fault of a text.
  @FunctionalInterface
  interface Check {
    Optional<Violation> fault(String text);
  }

  private static final int MAX_LENGTH = 1_024;
  private static final String DURATION_PATTERN =
      "^(?=.)([0-9]{1,6}d)?([0-9]{1,6}h)?([0-9]{1,6}m)?([0-9]{1,9}s)?$";

  static final TextForm LINE = form("a line of text", "Nodes that went NotReady", "^.*\\S.*$");
  static final TextForm PROFILE_NAME =
      form("a name such as payments-api", "payments-api", "^[A-Za-z0-9][A-Za-z0-9._+-]*$");
  static final TextForm ITEM_NAME =
      form("a name such as cni-logs", "cni-logs", "^[A-Za-z0-9][A-Za-z0-9._-]*$", 63);
  static final TextForm RULE_NAME =
      form("a name such as customer-number", "customer-number", "^[a-z][a-z0-9-]*$", 40);
  static final TextForm SECRET_WORD =
      form("a string of at least 3 characters", "bluebird", "^\\S.*\\S.*\\S|\\S{3}$", 200);
  static final TextForm REFERENCE =
      form("the name of a profile such as support, or a file", "support", "^.*\\S.*$");
  static final TextForm WINDOW = duration("6h", Duration.ofDays(365));
  static final TextForm DEADLINE = duration("10m", Duration.ofHours(24));
  static final TextForm SIZE =
      new TextForm(
          "a size such as 100MiB",
          "100MiB",
          "^[0-9]{1,18}\\s?(([KkMmGg][Ii]?)?[Bb])?$",
          MAX_LENGTH,
          true,
          text -> ByteSize.parse(text).isEmpty() ? other("a size such as 100MiB", text) : none());
  static final TextForm CODE_PAGE =
      new TextForm(
          "a code page such as 850",
          "850",
          CodePage.numbers().stream()
              .map(String::valueOf)
              .collect(Collectors.joining("|", "^(", ")$")),
          MAX_LENGTH,
          true,
          text -> CodePage.parse(text).isEmpty() ? other("a code page such as 850", text) : none());
  static final TextForm NAME_GLOB =
      checked("a glob such as kube-*", "kube-*", "^[^/]+$", TextForm::nameGlobFault);
  static final TextForm PATH_GLOB =
      checked("a glob such as kubelet/**", "kubelet/**", "^[^/\\\\].*$", TextForm::pathGlobFault);
  static final TextForm REGEX =
      checked(
          "a regular expression such as ^payments-", "^payments-", "^.+$", TextForm::regexFault);
  static final TextForm LINE_PATTERN =
      checked(
          "a regular expression such as (?i)error",
          "(?i)error",
          "^.+$",
          TextForm::linePatternFault);
  static final TextForm SELECTOR =
      new TextForm(
          "a label selector such as app=web",
          "app=web",
          "^.*$",
          MAX_LENGTH,
          false,
          TextForm::selectorFault);
  static final TextForm SERVICE =
      new TextForm(
          "a service such as kubelet",
          "kubelet",
          "^(?!.*\\.service$)[A-Za-z0-9_.@:-]+$",
          256,
          false,
          RequestNameRules::serviceFault);
  static final TextForm ENDPOINT =
      checked(
          "an endpoint such as configz or stats/summary",
          "stats/summary",
          "^[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_][A-Za-z0-9_.-]*)*/?$",
          RequestNameRules::endpointFault);
  static final TextForm RESOURCE =
      form(
          "a resource such as pods, ippools.crd.projectcalico.org or *.apps",
          "daemonsets",
          "^[a-z*?][a-z0-9*?-]*(\\.[a-z0-9*?]([a-z0-9*?-]*[a-z0-9*?])?)*$",
          253);
  static final TextForm API_PATH =
      checked(
          "a path such as /livez?verbose",
          "/livez?verbose",
          "^/[A-Za-z0-9_.~!$&'()*+,;=:@%/?-]*$",
          RequestNameRules::apiPathFault);

  /// The problem of a text, its length included.
  Optional<Violation> fault(String text) {
    if (text.length() > maxLength) {
      return Violation.of(
          "expected "
              + expected
              + " of at most "
              + maxLength
              + " characters, got "
              + text.length());
    }
    return check.fault(text);
  }

  private static TextForm form(String expected, String example, String pattern) {
    return form(expected, example, pattern, MAX_LENGTH);
  }

  static TextForm form(String expected, String example, String pattern, int maxLength) {
    var compiled = Pattern.compile(pattern);
    return new TextForm(
        expected,
        example,
        pattern,
        maxLength,
        false,
        text -> compiled.matcher(text).matches() ? none() : other(expected, text));
  }

  static TextForm checked(String expected, String example, String pattern, Check check) {
    return new TextForm(
        expected,
        example,
        pattern,
        MAX_LENGTH,
        false,
        text -> text.isBlank() ? other(expected, text) : check.fault(text));
  }

  private static TextForm duration(String example, Duration max) {
    var expected = "a duration such as " + example;
    Check check =
        text -> {
          var read = DurationText.parse(text);
          if (read.isEmpty()) {
            return other(expected, text);
          }
          return read.get().compareTo(max) > 0
              ? other("a duration of at most " + DurationText.format(max), text)
              : none();
        };
    return new TextForm(expected, example, DURATION_PATTERN, MAX_LENGTH, false, check);
  }

  private static Optional<Violation> nameGlobFault(String glob) {
    return glob.contains("/") ? other(NAME_GLOB.expected(), glob) : globFault(glob);
  }

  private static Optional<Violation> pathGlobFault(String glob) {
    if (glob.startsWith("/") || glob.contains("\\") || glob.contains(":")) {
      return Violation.of(
          "glob " + Quoted.text(glob) + " is not relative to the node's log folder",
          "use kubelet/** for /var/log/kubelet/** and C:\\var\\log\\kubelet\\**");
    }
    if (List.of(glob.split("/", -1)).contains("..")) {
      return Violation.of("glob " + Quoted.text(glob) + " is outside the node's log folder");
    }
    // A folder is matched segment by segment, which an alternative across segments would defeat.
    int depth = 0;
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
      if (c == '/' && depth > 0) {
        return Violation.of("invalid glob " + Quoted.text(glob) + ": '/' inside brackets");
      }
    }
    return globFault(glob);
  }

  private static Optional<Violation> globFault(String glob) {
    return Glob.problem(glob)
        .flatMap(problem -> Violation.of("invalid glob " + Quoted.text(glob) + ": " + problem));
  }

  private static Optional<Violation> regexFault(String regex) {
    try {
      Pattern.compile(regex);
      return none();
    } catch (PatternSyntaxException e) {
      return Violation.of(
          "invalid regular expression " + Quoted.text(regex) + ": " + e.getDescription());
    } catch (StackOverflowError _) {
      // The compiler of patterns recurses into groups.
      return Violation.of("invalid regular expression " + Quoted.text(regex) + ": too many groups");
    }
  }

  private static Optional<Violation> selectorFault(String selector) {
    return LabelSelector.fault(selector)
        .flatMap(part ->
            Violation.of(
                "invalid label selector "
                    + Quoted.text(selector)
                    + (part.equals(selector) ? "" : ": " + Quoted.text(part.strip())),
                "for example app=web, tier in (web, api), !canary"));
  }

  private static Optional<Violation> linePatternFault(String regex) {
    var fault = LinePattern.fault(regex);
    return fault.isEmpty()
        ? none()
        : Violation.of("invalid regular expression " + Quoted.text(regex) + ": " + fault.get());
  }

  private static Optional<Violation> other(String expected, String text) {
    return Violation.of("expected " + expected + ", got " + Quoted.text(text));
  }

  private static Optional<Violation> none() {
    return Optional.empty();
  }
}

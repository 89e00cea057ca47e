package dev.diagbundle.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.report.HostileBundle;
import dev.diagbundle.report.SampleBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PageTemplateTest {
  private static final Pattern FORBIDDEN =
      Pattern.compile("\\?(api|new|eval|eval_json|interpret|no_esc)\\b|<#noautoesc|<#outputformat");

  @Test
  void templatesUseNothingThatEvaluatesOrSkipsTheEscaping() throws Exception {
    try (var files = Files.list(Path.of("templates"))) {
      for (var file : files.filter(name -> name.toString().endsWith(".ftlh")).toList()) {
        assertFalse(FORBIDDEN.matcher(Files.readString(file)).find(), file.toString());
      }
    }
  }

  @Test
  void policyHoldsTheHashesOfTheStyleAndTheScript() throws Exception {
    var page = SampleBundle.create().page();
    var policy =
        "default-src 'none'; style-src '%s'; script-src '%s'; img-src data:; base-uri 'none'; form-action 'none'"
            .formatted(hash(page, "style"), hash(page, "script"));

    assertTrue(
        page.contains(
            "<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\""
                + policy
                + "\">"),
        policy);
  }

  @Test
  void styleAndScriptAreTheSameInEveryPage() throws Exception {
    assertEquals(
        hash(SampleBundle.create().page(), "script"),
        hash(HostileBundle.create().page(), "script"));
    assertEquals(
        hash(SampleBundle.create().page(), "style"), hash(HostileBundle.create().page(), "style"));
  }

  private static String hash(String page, String element) throws Exception {
    var parts = page.split("<" + element + ">|</" + element + ">", -1);
    assertEquals(3, parts.length);
    var digest = MessageDigest.getInstance("SHA-256");
    return "sha256-"
        + Base64.getEncoder()
            .encodeToString(digest.digest(parts[1].getBytes(StandardCharsets.UTF_8)));
  }
}

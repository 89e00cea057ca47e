package dev.diagbundle.redact;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.regex.Matcher.quoteReplacement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text with secrets planted in it: what goes in, what must come out, and the secrets.
///
/// The corpus `redact/planted.txt` holds no secret, not even an invented one, so that nobody's
/// scanner takes it for a leak: `‹a24›` stands for 24 characters that are made here, always the
/// same ones. `«…»` are the borders of a secret.
record PlantedText(String rule, String text, String expected, List<String> secrets) {
  private static final Pattern MADE = Pattern.compile("‹([a-zK])(\\d*)›|‹B:([^›]+)›");
  private static final Pattern SECRET = Pattern.compile("«([^»]+)»");
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final String DIGITS = "0123456789";

  static List<PlantedText> all() throws IOException {
    String corpus;
    try (var in = PlantedText.class.getResourceAsStream("/redact/planted.txt")) {
      corpus = new String(in.readAllBytes(), UTF_8);
    }
    var random = new Random(20261121);
    var all = new ArrayList<PlantedText>();
    for (String block : corpus.split("(?m)^## ", -1)) {
      if (block.isBlank()) {
        continue;
      }
      int title = block.indexOf('\n');
      all.add(of(block.substring(0, block.indexOf(':')), block.substring(title + 1), random));
    }
    return all;
  }

  private static PlantedText of(String rule, String template, Random random) {
    var text =
        MADE.matcher(template).replaceAll(made -> Matcher.quoteReplacement(make(made, random)));
    var secrets = new ArrayList<String>();
    SECRET.matcher(text).results().forEach(found -> secrets.add(found.group(1)));
    return new PlantedText(
        rule,
        text.replaceAll("[«»]", ""),
        SECRET.matcher(text).replaceAll(found -> quoteReplacement(standIn(rule, found.group(1)))),
        List.copyOf(secrets));
  }

  /// Members of an object give way to one member, with their quotes.
  private static String standIn(String rule, String secret) {
    var plain = "[redacted:" + rule + "]";
    if (!rule.equals("object-values")) {
      return plain;
    }
    var quote = secret.substring(0, secret.indexOf('"') + 1);
    return quote + "redacted" + quote + ":" + quote + plain + quote;
  }

  private static String make(MatchResult made, Random random) {
    if (made.group(3) != null) {
      return Base64.getEncoder().encodeToString(made.group(3).getBytes(UTF_8));
    }
    int length = made.group(2).isEmpty() ? 0 : Integer.parseInt(made.group(2));
    return switch (made.group(1)) {
      case "a" -> draw(LOWER + LOWER.toUpperCase(Locale.ROOT) + DIGITS, length - 2, random) + "4x";
      case "u" -> draw(LOWER.toUpperCase(Locale.ROOT) + DIGITS, length, random);
      case "l" -> draw(LOWER + DIGITS, length, random);
      case "d" -> draw(DIGITS, length, random);
      case "h" -> draw(DIGITS + "abcdef", length, random);
      case "b" -> draw(LOWER + LOWER.toUpperCase(Locale.ROOT) + DIGITS + "+/", length, random);
      case "K" -> key(random);
      default -> throw new IllegalArgumentException(made.group());
    };
  }

  private static String key(Random random) {
    var pem =
        "-----BEGIN RSA PRIVATE KEY-----\n%s\n-----END RSA PRIVATE KEY-----\n"
            .formatted(draw(LOWER + DIGITS, 64, random));
    return Base64.getEncoder().encodeToString(pem.getBytes(UTF_8));
  }

  private static String draw(String alphabet, int length, Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}

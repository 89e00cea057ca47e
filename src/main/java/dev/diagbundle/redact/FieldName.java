package dev.diagbundle.redact;

import module java.base;

/// The classification of a field by its name. The last word decides: `DB_PASSWORD` holds a secret,
/// `passwordFile` does not.
final class FieldName {
  /// The certainty that a value is secret.
  enum Kind {
    /// Not at all.
    NONE,
    /// A password, whatever the value is.
    PASSWORD,
    /// A token, or a secret of something, unless the form of the value contradicts it.
    TOKEN,
    /// A key, unless the form of the value contradicts it.
    KEY,
    /// A secret, or the name of an object that holds secrets.
    SECRET,
    /// Docker's `auth`: a base64-encoded user and password.
    AUTH
  }

  private static final List<String> PASSWORDS =
      List.of("password", "passwd", "passphrase", "passcode", "pwd", "passwort");
  private static final Set<String> SHORT_PASSWORDS =
      Set.of(
          "pass",
          "pw",
          "bindpw",
          "dbpass",
          "userpass",
          "rootpass",
          "adminpass",
          "pgpass",
          "requirepass");
  private static final Set<String> KEYS =
      Set.of(
          "api",
          "access",
          "secret",
          "private",
          "auth",
          "encryption",
          "decryption",
          "signing",
          "account",
          "client",
          "shared",
          "master",
          "storage",
          "certificate",
          "ssh",
          "admin",
          "license",
          "sas",
          "cookie",
          "session",
          "hmac",
          "app",
          "application",
          "write",
          "preshared",
          "routing",
          "user",
          "deploy");
  private static final List<String> WHOLE_KEYS =
      List.of(
          "apikey",
          "accesskey",
          "secretkey",
          "privatekey",
          "authkey",
          "accountkey",
          "masterkey",
          "sharedkey",
          "encryptionkey",
          "signingkey");
  private static final Set<String> TAILS = Set.of("value", "plain", "text", "base", "b", "hash");

  /// Tokens that are a place in a list, and what is done with tokens.
  private static final Set<String> HARMLESS =
      Set.of("continue", "next", "page", "pagination", "sync", "resume", "previous", "no", "max");

  /// Secrets that are names of objects.
  private static final Set<String> NAMED =
      Set.of("pull", "tls", "ssl", "cert", "certificate", "ca", "existing", "ref", "amz");

  private FieldName() {}

  static Kind kindOf(String name) {
    var whole = name.toLowerCase(Locale.ROOT);
    if (whole.equals("auth") || whole.equals("_auth") || whole.endsWith(":_auth")) {
      return Kind.AUTH;
    }
    var words = words(name);
    int last = words.size() - 1;
    if (last >= 1 && TAILS.contains(words.get(last))) {
      last--;
    }
    if (last < 0) {
      return Kind.NONE;
    }
    var word = words.get(last);
    var before = last > 0 ? words.get(last - 1) : "";
    if (HARMLESS.contains(before)) {
      return Kind.NONE;
    }
    if (SHORT_PASSWORDS.contains(word) || PASSWORDS.stream().anyMatch(word::endsWith)) {
      return Kind.PASSWORD;
    }
    if (word.equals("cookie") && before.equals("erlang")) {
      return Kind.TOKEN;
    }
    if (word.equals("psk")) {
      return Kind.KEY;
    }
    if (word.endsWith("token") || word.equals("dockerconfigjson") || word.equals("dockercfg")) {
      return Kind.TOKEN;
    }
    if (WHOLE_KEYS.stream().anyMatch(word::endsWith)
        || (word.equals("key") && KEYS.contains(before))
        || (word.equals("data") && before.equals("key"))) {
      return Kind.KEY;
    }
    boolean secret =
        word.endsWith("secret") || word.equals("credential") || word.equals("credentials");
    if (secret && !NAMED.contains(before)) {
      // `client_secret` is a value; `secret` alone is as often the name of an object.
      return before.isEmpty() && word.equals("secret") ? Kind.SECRET : Kind.TOKEN;
    }
    return Kind.NONE;
  }

  /// The words in lower case: cut at `_`, `-`, `.` and where the case changes; digits at a word's
  /// end go.
  private static List<String> words(String name) {
    var words = new ArrayList<String>();
    int from = 0;
    for (int i = 0; i <= name.length(); i++) {
      boolean cut = i == name.length() || "_-.".indexOf(name.charAt(i)) >= 0;
      boolean hump =
          !cut
              && i > from
              && Character.isUpperCase(name.charAt(i))
              && (Character.isLowerCase(name.charAt(i - 1))
                  || (i + 1 < name.length() && Character.isLowerCase(name.charAt(i + 1))));
      if (cut || hump) {
        add(words, name.substring(from, i));
        from = cut ? i + 1 : i;
      }
    }
    return words;
  }

  private static void add(List<String> words, String word) {
    int end = word.length();
    while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
      end--;
    }
    // `base64` becomes `base`, and `b64` becomes `b`.
    if (end > 0) {
      words.add(word.substring(0, end).toLowerCase(Locale.ROOT));
    }
  }
}

package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection.Header;
import dev.diagbundle.kubeconfig.file.UserEntry;

/// The headers of impersonation, as client-go sends them.
final class Impersonation {
  private static final String PREFIX = "Impersonate-";

  /// The characters of a header's name (RFC 9110, token) besides letters and digits, without `%`,
  /// which starts an escape.
  private static final String LEGAL = "!#$&'*+-.^_`|~";

  private Impersonation() {}

  static List<Header> headers(UserEntry user) {
    if (user.as().isEmpty()) {
      return List.of();
    }
    var headers = new ArrayList<Header>();
    headers.add(new Header(PREFIX + "User", user.as().get()));
    user.asUid().ifPresent(uid -> headers.add(new Header(PREFIX + "Uid", uid)));
    user.asGroups().forEach(group -> headers.add(new Header(PREFIX + "Group", group)));
    user.asExtra()
        .forEach((key, values) ->
            values.forEach(value ->
                headers.add(new Header(canonical(PREFIX + "Extra-" + escaped(key)), value))));
    return headers;
  }

  private static String escaped(String key) {
    var name = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean legal = c < 0x80 && (Character.isLetterOrDigit(c) || LEGAL.indexOf(c) >= 0);
      name.append(legal ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
    return name.toString();
  }

  /// The name in Go's spelling: each word begins with a capital.
  private static String canonical(String name) {
    var text = new StringBuilder();
    boolean first = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      text.append(first ? Character.toUpperCase(c) : Character.toLowerCase(c));
      first = c == '-';
    }
    return text.toString();
  }
}

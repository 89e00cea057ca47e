package dev.diagbundle.analyze;

/// The shape of a line: what lines of one kind have in common, with `#` for numbers, `*` for
/// identifiers and the random ends of pods' names, `<address>` and `<time>`. Only ASCII is put in,
/// so that shapes stay small in memory.
final class MessageShape {
  /// Of a shape, in characters.
  static final int MAX_LENGTH = 300;

  /// Of the text that a shape is made of.
  private static final int MAX_TEXT = 600;

  private static final String CUT = "...";
  private static final int MIN_HEX = 8;
  private static final int MIN_RANDOM = 20;

  /// What `k8s.io/apimachinery/pkg/util/rand` makes names of: no vowels, nothing that looks alike.
  private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

  private final String text;
  private final StringBuilder shape;
  private int at;

  private MessageShape(String text) {
    this.text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    this.shape = new StringBuilder(Math.min(this.text.length(), MAX_LENGTH) + 16);
  }

  static String of(String text) {
    return new MessageShape(text.strip()).make();
  }

  private String make() {
    while (at < text.length() && shape.length() < MAX_LENGTH) {
      char c = text.charAt(at);
      boolean begins = at == 0 || !isWordPart(text.charAt(at - 1));
      if (begins && (isDigit(c) || isHex(c) || c == ':') && (time() || address())) {
        continue;
      }
      if (!isWordPart(c)) {
        shape.append(Character.isWhitespace(c) ? ' ' : c);
        at++;
        continue;
      }
      int end = at;
      while (end < text.length() && isWordPart(text.charAt(end))) {
        end++;
      }
      word(text.substring(at, end));
      at = end;
    }
    if (shape.length() > MAX_LENGTH - CUT.length()) {
      shape.setLength(MAX_LENGTH - CUT.length());
      if (Character.isHighSurrogate(shape.charAt(shape.length() - 1))) {
        shape.setLength(shape.length() - 1);
      }
      shape.append(CUT);
    }
    var made = shape.toString().strip();
    // Many programs write the time that their container's log has before every line, too.
    return made.startsWith("<time> ") ? made.substring(7).strip() : made;
  }

  /// `2026-11-21T02:31:21.904Z`, `2026/11/21 02:31:21`, `02:31:21`.
  private boolean time() {
    int end = matches(at, "####-##-##") || matches(at, "####/##/##") ? at + 10 : at;
    if (end > at && end < text.length() && (text.charAt(end) == 'T' || text.charAt(end) == ' ')) {
      end++;
    }
    if (!matches(end, "##:##:##")) {
      return false;
    }
    end += 8;
    while (end < text.length() && (isDigit(text.charAt(end)) || isFraction(end))) {
      end++;
    }
    if (end < text.length() && text.charAt(end) == 'Z') {
      end++;
    } else if (matches(end, "+##:##") || matches(end, "-##:##")) {
      end += 6;
    }
    return take("<time>", end);
  }

  private boolean isFraction(int place) {
    char c = text.charAt(place);
    return (c == '.' || c == ',') && place + 1 < text.length() && isDigit(text.charAt(place + 1));
  }

  /// IPv4 with a port or a prefix length, IPv6, or the address of a network card.
  private boolean address() {
    int end = at;
    int dots = 0;
    int colons = 0;
    boolean joined = false;
    boolean digits = false;
    for (; end < text.length(); end++) {
      char c = text.charAt(end);
      digits |= isDigit(c);
      if (c == '.' && end + 1 < text.length() && isDigit(text.charAt(end + 1))) {
        dots++;
      } else if (c == ':') {
        joined |= end > at && text.charAt(end - 1) == ':';
        colons++;
      } else if (!isHex(c)) {
        break;
      }
    }
    if (end > at && text.charAt(end - 1) == ':' && !text.startsWith("::", end - 2)) {
      end--;
      colons--;
    }
    boolean ended =
        end == text.length() || text.charAt(end) == '-' || !isWordPart(text.charAt(end));
    boolean four = dots == 3 && colons <= 1 && isDigit(text.charAt(at));
    boolean six = (joined && end - at > 2) || colons == 7 || (colons == 5 && end - at == 17);
    if (!ended || !digits || !(four || six)) {
      return false;
    }
    if (end < text.length() - 1 && text.charAt(end) == '/' && isDigit(text.charAt(end + 1))) {
      end++;
      while (end < text.length() && isDigit(text.charAt(end))) {
        end++;
      }
    }
    return take("<address>", end);
  }

  private boolean take(String sign, int end) {
    shape.append(sign);
    at = end;
    return true;
  }

  private void word(String word) {
    if (word.startsWith("0x") && word.length() > 4) {
      // Error codes of Windows say what went wrong; a place in memory does not.
      boolean code = word.length() == 10 && "8cC".indexOf(word.charAt(2)) >= 0;
      shape.append(code ? word : "*");
      return;
    }
    if (isIdentifier(word)) {
      shape.append('*');
      return;
    }
    numbers(withoutRandomEnd(word));
  }

  private void numbers(String word) {
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      if (!isDigit(c)) {
        shape.append(c);
        continue;
      }
      int length = shape.length();
      // 1.5 and v1.36.2 are one number each.
      if (length > 1 && shape.charAt(length - 1) == '.' && shape.charAt(length - 2) == '#') {
        shape.setLength(length - 1);
      } else if (length == 0 || shape.charAt(length - 1) != '#') {
        shape.append('#');
      }
    }
  }

  /// `web-7d9f8b6c5-x2x4z` is `web-*`, and so is what belongs to a DaemonSet or a Job.
  private static String withoutRandomEnd(String word) {
    int last = word.lastIndexOf('-');
    if (last <= 0) {
      return word;
    }
    if (isRandom(word, last + 1, word.length(), 5, 5)) {
      int before = word.lastIndexOf('-', last - 1);
      boolean replicas = before > 0 && isRandom(word, before + 1, last, 7, 10);
      return word.substring(0, replicas ? before : last) + "-*";
    }
    return isRandom(word, last + 1, word.length(), 8, 10) ? word.substring(0, last) + "-*" : word;
  }

  private static boolean isRandom(String word, int from, int to, int min, int max) {
    if (to - from < min || to - from > max) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (RANDOM.indexOf(word.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isIdentifier(String word) {
    int digits = 0;
    int letters = 0;
    boolean hex = true;
    for (int i = 0; i < word.length(); i++) {
      char c = word.charAt(i);
      digits += isDigit(c) ? 1 : 0;
      letters += Character.isLetter(c) ? 1 : 0;
      hex &= c == '-' || isHex(c);
    }
    boolean mixed = digits > 0 && letters > 0;
    return (hex && mixed && word.length() >= MIN_HEX)
        || (mixed && digits > 3 && word.length() >= MIN_RANDOM && word.indexOf('-') < 0);
  }

  private boolean matches(int from, String form) {
    if (from + form.length() > text.length()) {
      return false;
    }
    for (int i = 0; i < form.length(); i++) {
      char c = text.charAt(from + i);
      if (form.charAt(i) == '#' ? !isDigit(c) : c != form.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWordPart(char c) {
    return c == '-' || Character.isLetterOrDigit(c);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}

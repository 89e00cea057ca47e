package dev.diagbundle.analyze.logs;

/// The pattern of a message: the text that lines of one kind have in common, with `#` for numbers,
/// `*` for identifiers and the random ends of pods' names, `<address>` and `<time>`. Placeholders
/// are ASCII only, so that patterns stay small in memory.
final class MessagePattern {
  /// The maximum length of a pattern, in characters.
  static final int MAX_LENGTH = 300;

  /// The maximum length of the text that a pattern is made of.
  private static final int MAX_TEXT = 600;

  private static final String CUT = "...";
  private static final int MIN_HEX = 8;
  private static final int MIN_RANDOM = 20;

  /// The alphabet of names from `k8s.io/apimachinery/pkg/util/rand`: no vowels, no characters that
  /// look alike.
  private static final String RANDOM = "bcdfghjklmnpqrstvwxz2456789";

  /// The kinds of token that each ASCII character may be part of. Logs with gigabytes of errors are
  /// read, so nothing is looked up twice.
  private static final byte[] KINDS = kinds();

  private static final int DIGIT = 1;
  private static final int HEX = 2;
  private static final int LETTER = 4;
  private static final int WORD = 8;
  private static final int RANDOM_END = 16;

  private final String text;
  private final StringBuilder pattern;
  private int at;

  private MessagePattern(String text) {
    this.text = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
    this.pattern = new StringBuilder(Math.min(this.text.length(), MAX_LENGTH) + 16);
  }

  static String of(String text) {
    return new MessagePattern(text.strip()).make();
  }

  private String make() {
    while (at < text.length() && pattern.length() < MAX_LENGTH) {
      char c = text.charAt(at);
      boolean may = isHex(c) || c == ':';
      if (may && (at == 0 || !isWordPart(text.charAt(at - 1))) && (time() || address())) {
        continue;
      }
      if (!isWordPart(c)) {
        pattern.append(Character.isWhitespace(c) ? ' ' : c);
        at++;
        continue;
      }
      int end = at + 1;
      while (end < text.length() && isWordPart(text.charAt(end))) {
        end++;
      }
      word(at, end);
      at = end;
    }
    if (pattern.length() > MAX_LENGTH - CUT.length()) {
      pattern.setLength(MAX_LENGTH - CUT.length());
      if (Character.isHighSurrogate(pattern.charAt(pattern.length() - 1))) {
        pattern.setLength(pattern.length() - 1);
      }
      pattern.append(CUT);
    }
    var made = pattern.toString().strip();
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
    pattern.append(sign);
    at = end;
    return true;
  }

  private void word(int from, int to) {
    if (to - from > 4 && text.charAt(from) == '0' && text.charAt(from + 1) == 'x') {
      // Error codes of Windows identify the fault; an address in memory does not.
      boolean code = to - from == 10 && "8cC".indexOf(text.charAt(from + 2)) >= 0;
      if (code) {
        pattern.append(text, from, to);
      } else {
        pattern.append('*');
      }
      return;
    }
    int digits = 0;
    int letters = 0;
    int hex = 0;
    int lastDash = -1;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int kind = kind(c);
      digits += kind & DIGIT;
      letters += (kind & LETTER) == 0 ? 0 : 1;
      hex += (kind & HEX) == 0 ? 0 : 1;
      if (c == '-') {
        hex++;
        lastDash = i;
      }
    }
    int length = to - from;
    boolean mixed = digits > 0 && letters > 0;
    boolean identifier = hex == length && length >= MIN_HEX;
    boolean random = digits > 3 && length >= MIN_RANDOM && lastDash < 0;
    if (mixed && (identifier || random)) {
      pattern.append('*');
    } else if (lastDash > from) {
      withoutRandomEnd(from, to, lastDash);
    } else {
      numbers(from, to, digits);
    }
  }

  private void numbers(int from, int to, int digits) {
    if (digits == 0) {
      pattern.append(text, from, to);
      return;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        pattern.append(c);
        continue;
      }
      int length = pattern.length();
      // 1.5 and v1.36.2 are one number each.
      if (length > 1 && pattern.charAt(length - 1) == '.' && pattern.charAt(length - 2) == '#') {
        pattern.setLength(length - 1);
      } else if (length == 0 || pattern.charAt(length - 1) != '#') {
        pattern.append('#');
      }
    }
  }

  /// `web-7d9f8b6c5-x2x4z` is `web-*`, and so is what belongs to a DaemonSet or a Job.
  private void withoutRandomEnd(int from, int to, int lastDash) {
    int end = to;
    if (isRandom(lastDash + 1, to, 5, 5)) {
      int before = text.lastIndexOf('-', lastDash - 1);
      end = before > from && isRandom(before + 1, lastDash, 7, 10) ? before : lastDash;
    } else if (isRandom(lastDash + 1, to, 8, 10)) {
      end = lastDash;
    }
    numbers(from, end, 1);
    if (end < to) {
      pattern.append("-*");
    }
  }

  private boolean isRandom(int from, int to, int min, int max) {
    if (to - from < min || to - from > max) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if ((kind(text.charAt(i)) & RANDOM_END) == 0) {
        return false;
      }
    }
    return true;
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
    return (kind(c) & WORD) != 0;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isHex(char c) {
    return (kind(c) & HEX) != 0;
  }

  private static int kind(char c) {
    return c < KINDS.length ? KINDS[c] : kindBeyond(c);
  }

  private static int kindBeyond(char c) {
    return (Character.isLetter(c) ? LETTER : 0) | (Character.isLetterOrDigit(c) ? WORD : 0);
  }

  private static byte[] kinds() {
    var kinds = new byte[128];
    for (char c = 0; c < kinds.length; c++) {
      boolean hex = isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
      kinds[c] =
          (byte)
              ((isDigit(c) ? DIGIT : 0)
                  | (hex ? HEX : 0)
                  | (c == '-' ? WORD : kindBeyond(c))
                  | (RANDOM.indexOf(c) < 0 ? 0 : RANDOM_END));
    }
    return kinds;
  }
}

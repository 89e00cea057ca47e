package dev.diagbundle.model;

import module java.base;

/// The path of one entry of a bundle, relative to its root folder: `/`-separated segments, none of
/// which can lead out of the root or be misread by a common file system.
///
/// @param value for example `nodes/rig-1/describe.txt`
public record EntryPath(String value) implements Comparable<EntryPath> {
  private static final int MAX_SEGMENT_BYTES = 240;
  private static final int MAX_PATH_BYTES = 3_000;
  private static final String SPECIAL = "/\\:*?\"<>|";

  /// @throws IllegalArgumentException if a segment is empty, `.` or `..`, or has characters that
  ///   [#child] would have escaped
  public EntryPath {
    if (!isPlain(value)) {
      check(value);
    }
  }

  /// Returns whether it is a safe path of a common kind, as nearly all are: a large bundle has
  /// 100,000, and each is checked whenever the bundle is read.
  private static boolean isPlain(String value) {
    if (value.length() > MAX_SEGMENT_BYTES) {
      return false;
    }
    char before = '/';
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean plain =
          c == '/' ? !isSegmentsBadEnd(before) : c < 0x7f && c > ' ' && SPECIAL.indexOf(c) < 0;
      if (!plain) {
        return false;
      }
      before = c;
    }
    return !isSegmentsBadEnd(before);
  }

  private static boolean isSegmentsBadEnd(char last) {
    return last == '/' || last == '.';
  }

  private static void check(String value) {
    if (value.getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
      throw new IllegalArgumentException(
          "entry path is too long: " + value.length() + " characters");
    }
    for (String segment : value.split("/", -1)) {
      if (!isSafe(segment)) {
        throw new IllegalArgumentException("entry path has an unsafe segment: " + value);
      }
    }
  }

  /// The path of trusted segments, joined as they are.
  public static EntryPath of(String... segments) {
    return new EntryPath(String.join("/", segments));
  }

  /// This path and one segment below it. The name may come from anywhere: what is unsafe in it is
  /// percent-encoded (so that different names stay different), and what is too long is cut and ends
  /// in a hash of the whole name.
  public EntryPath child(String name) {
    return new EntryPath(value + "/" + encode(name));
  }

  /// This path and the `/`-separated names below it, each made safe as by [#child]; empty names are
  /// left out.
  public EntryPath descend(String names) {
    var path = this;
    for (String name : names.split("/", -1)) {
      if (!name.isEmpty()) {
        path = path.child(name);
      }
    }
    return path;
  }

  /// The segments, at least one.
  public List<String> segments() {
    return List.of(value.split("/", -1));
  }

  public String fileName() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  @Override
  public int compareTo(EntryPath other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }

  private static boolean isSafe(String segment) {
    return !segment.isEmpty()
        && !segment.endsWith(".")
        && !segment.endsWith(" ")
        && segment.getBytes(StandardCharsets.UTF_8).length <= MAX_SEGMENT_BYTES
        && segment.codePoints().allMatch(EntryPath::isSafe);
  }

  private static String encode(String name) {
    if (name.isEmpty()) {
      return "%";
    }
    var text = new StringBuilder();
    name.codePoints().forEach(point -> append(text, point));
    // Windows drops a final dot or blank, so two names would become one there; "." and ".." go the
    // same way.
    char last = text.charAt(text.length() - 1);
    if (last == '.' || last == ' ') {
      text.setLength(text.length() - 1);
      percent(text, last);
    }
    var whole = text.toString();
    var bytes = whole.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_SEGMENT_BYTES) {
      return whole;
    }
    return cut(whole, MAX_SEGMENT_BYTES - 20) + "~" + hash(bytes);
  }

  private static void append(StringBuilder text, int point) {
    if (isSafe(point) && point != '%') {
      text.appendCodePoint(point);
      return;
    }
    if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
      text.append(String.format(Locale.ROOT, "%%u%04X", point));
      return;
    }
    percent(text, point);
  }

  private static void percent(StringBuilder text, int point) {
    for (byte b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
      text.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
    }
  }

  private static boolean isSafe(int point) {
    if (point < 0x80) {
      return point >= ' ' && point != 0x7f && SPECIAL.indexOf(point) < 0;
    }
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  private static String cut(String text, int maxBytes) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += Character.toString(point).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxBytes) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end);
  }

  private static String hash(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package dev.diagbundle.bundle.manifest;

import module java.base;

/// The content of `SHA256SUMS`. An entry's path holds neither a backslash nor a line break, so no
/// name needs the escape that `sha256sum` has for those.
public final class Checksums {
  private Checksums() {}

  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// Returns whether the text is a checksum in the form that this class writes.
  public static boolean isSha256(String text) {
    if (text.length() != 64) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// Writes a line for each entry. Does not close the stream.
  public static void write(List<Entry> entries, OutputStream out) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    for (Entry entry : entries) {
      writer.write(entry.sha256() + "  " + entry.path().value() + "\n");
    }
    writer.flush();
  }

  /// Length of the entry's line.
  public static long lengthOf(Entry entry) {
    return entry.sha256().length()
        + 3L
        + entry.path().value().getBytes(StandardCharsets.UTF_8).length;
  }
}

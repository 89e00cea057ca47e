package dev.diagbundle.cluster.nodelog;

import module java.base;

/// One event of a table, with all the lines that its message was wrapped into.
///
/// @param header the lines above the table, ending in a line feed: provider, names of the columns,
///   dashes
/// @param time the text of its `TimeCreated`, in the culture and zone of the node; the same for all
///   events of a second
/// @param text its lines, each ending in a line feed
/// @param continued whether it is no event of its own but continues the previous one, which is very
///   long
record EventRow(String header, String time, String text, boolean continued) {
  /// The identity of this event, independent of the widths of the table's columns, which differ
  /// from response to response and move the line breaks of a message: a hash of all but the blanks.
  String fingerprint() {
    var marks = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isWhitespace(text.charAt(i))) {
        marks.append(text.charAt(i));
      }
    }
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      var bytes = hash.digest(marks.toString().getBytes(StandardCharsets.UTF_8));
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

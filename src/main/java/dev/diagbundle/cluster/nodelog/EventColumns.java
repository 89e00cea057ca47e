package dev.diagbundle.cluster.nodelog;

import java.util.Optional;
import java.util.regex.Pattern;

/// The positions of the columns of an event table, derived from the dashes under their names.
///
/// The format of a row's time depends on the node's culture and is not parsed: a time is the text
/// before the event's number. Columns are counted in cells of the console; Chinese, Japanese and
/// Korean letters take two.
///
/// @param level the cell at which `LevelDisplayName` begins
record EventColumns(int level) {
  /// Length of `TimeCreated`: no column is narrower than its name.
  private static final int MARGIN = 11;

  private static final Pattern DASHES = Pattern.compile("-{" + MARGIN + "} +-{2,} +(-+)( +-+)*");
  private static final Pattern TIME_AND_NUMBER = Pattern.compile("(\\S.*?)\\s+(\\d{1,10})");
  private static final Pattern LOOSE = Pattern.compile("(\\S.*?)\\s+(\\d{1,10})(\\s+\\S.*)?");

  /// The columns that a line of dashes defines, if it is one.
  static Optional<EventColumns> of(String line) {
    var matcher = DASHES.matcher(line);
    return matcher.matches() ? Optional.of(new EventColumns(matcher.start(1))) : Optional.empty();
  }

  /// Returns whether the line belongs to the message above it: its column `TimeCreated` is empty.
  static boolean isIndented(String line) {
    return line.length() > MARGIN && line.substring(0, MARGIN).isBlank();
  }

  /// The time of the event that begins with the line; empty if none does.
  Optional<String> time(String line) {
    var margin = line.substring(0, Math.min(line.length(), MARGIN));
    if (margin.chars().noneMatch(Character::isDigit) || margin.stripLeading().startsWith("+")) {
      return Optional.empty();
    }
    var exact = TIME_AND_NUMBER.matcher(line.substring(0, indexOfCell(line, level)).strip());
    if (exact.matches()) {
      return Optional.of(exact.group(1));
    }
    // Consoles disagree on the width of letters beyond ASCII.
    var loose = LOOSE.matcher(line.strip());
    return isAscii(line.substring(0, indexOfCell(line, level))) || !loose.matches()
        ? Optional.empty()
        : Optional.of(loose.group(1));
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static int indexOfCell(String line, int cell) {
    int at = 0;
    for (int cells = 0; at < line.length() && cells < cell; at++) {
      cells += isWide(line.charAt(at)) ? 2 : 1;
    }
    return at;
  }

  private static boolean isWide(char c) {
    return (c >= 0x1100 && c <= 0x115f)
        || (c >= 0x2e80 && c <= 0xa4cf)
        || (c >= 0xac00 && c <= 0xd7a3)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xff00 && c <= 0xff60);
  }
}

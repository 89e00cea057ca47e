package dev.diagbundle.bundle.archive;

import module java.base;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// The non-content blocks of a tar archive: headers, padding and end. A header is plain ustar; a
/// pax header precedes it only if the name or the size does not fit.
public final class TarHeader {
  public static final int BLOCK = 512;

  /// Two blocks of zeros, as POSIX requires.
  public static final int END_BYTES = 2 * BLOCK;

  private static final String PAX_NAME = "PaxHeader/entry";

  private TarHeader() {}

  /// The header of a regular file.
  public static byte[] ofFile(String name, long bytes, Instant modified) {
    var entry = new TarArchiveEntry(shortName(name), TarConstants.LF_NORMAL);
    entry.setMode(0644);
    entry.setSize(Math.min(bytes, TarConstants.MAXSIZE));
    return blocks(entry, paxRecords(name, bytes), modified);
  }

  /// The header of a folder; the name ends in `/`.
  public static byte[] ofFolder(String name, Instant modified) {
    var entry = new TarArchiveEntry(shortName(name), TarConstants.LF_DIR);
    entry.setMode(0755);
    return blocks(entry, paxRecords(name, 0), modified);
  }

  /// The number of padding zeros after a content of this size.
  public static int padding(long bytes) {
    return (int) (-bytes & (BLOCK - 1));
  }

  /// The nearest time that a plain header can hold: whole seconds from 1970 to 2242.
  public static Instant storable(Instant instant) {
    long seconds = Math.clamp(instant.getEpochSecond(), 0, TarConstants.MAXSIZE);
    return Instant.ofEpochSecond(seconds);
  }

  private static byte[] blocks(TarArchiveEntry entry, String paxRecords, Instant modified) {
    var blocks = new ByteArrayOutputStream(BLOCK);
    if (!paxRecords.isEmpty()) {
      var records = paxRecords.getBytes(StandardCharsets.UTF_8);
      var pax = new TarArchiveEntry(PAX_NAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC);
      pax.setMode(0644);
      pax.setSize(records.length);
      blocks.writeBytes(block(pax, modified));
      blocks.writeBytes(records);
      blocks.writeBytes(new byte[padding(records.length)]);
    }
    blocks.writeBytes(block(entry, modified));
    return blocks.toByteArray();
  }

  private static byte[] block(TarArchiveEntry entry, Instant modified) {
    entry.setModTime(storable(modified).toEpochMilli());
    entry.setIds(0, 0);
    // commons-compress puts the name of the current user here; TarArchiveOutputStream does so in
    // the pax headers that it makes, which is why they are made by hand.
    entry.setNames("", "");
    var block = new byte[BLOCK];
    entry.writeEntryHeader(block);
    return block;
  }

  private static String paxRecords(String name, long bytes) {
    var records = new StringBuilder();
    if (!fits(name)) {
      records.append(paxRecord("path", name));
    }
    if (bytes > TarConstants.MAXSIZE) {
      records.append(paxRecord("size", Long.toString(bytes)));
    }
    return records.toString();
  }

  /// One record, `<length> <key>=<value>\n`, whose length counts its own digits.
  private static String paxRecord(String key, String value) {
    var rest = " " + key + "=" + value + "\n";
    int restBytes = rest.getBytes(StandardCharsets.UTF_8).length;
    int length = restBytes;
    while (length != restBytes + Integer.toString(length).length()) {
      length = restBytes + Integer.toString(length).length();
    }
    return length + rest;
  }

  /// Returns whether old readers find the name in the header itself: ASCII, and short enough.
  private static boolean fits(String name) {
    return name.length() < TarConstants.NAMELEN && name.chars().allMatch(c -> c < 0x80);
  }

  private static String shortName(String name) {
    if (fits(name)) {
      return name;
    }
    var ascii = name.replaceAll("[^\\x20-\\x7e]", "_");
    var folder = name.endsWith("/") ? "/" : "";
    int end =
        Math.min(ascii.length() - folder.length(), TarConstants.NAMELEN - 1 - folder.length());
    return ascii.substring(0, end) + folder;
  }
}

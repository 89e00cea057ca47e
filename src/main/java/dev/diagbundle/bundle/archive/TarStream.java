package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.BlockInputStream;
import org.apache.commons.compress.archivers.tar.TarUtils;

/// A sequential reader of a tar archive from any tool: ustar, pax and GNU headers. The reader of
/// commons-compress holds a long name in memory whatever its length, so this one reads the blocks
/// itself. After [#next], the content is read with [#read]. For one thread; it closes nothing.
public final class TarStream extends BlockInputStream {
  /// A path of 3,000 bytes needs a few kilobytes of pax header.
  private static final long MAX_HEADER_BYTES = 1 << 20;

  private static final int MAX_HEADERS_IN_A_ROW = 16;

  /// One member of the archive.
  ///
  /// @param name as in the header
  /// @param kind type of the member
  /// @param bytes size of its content
  public record Header(String name, Kind kind, long bytes, Instant modified) {}

  /// The kind of an archive member.
  public enum Kind {
    FILE,
    FOLDER,
    LINK,
    /// Devices, pipes, sparse files, and unknown types.
    OTHER
  }

  private final InputStream source;
  private long left;
  private int padding;

  public TarStream(InputStream source) {
    this.source = source;
  }

  /// Passes over what is left of the current content, with its padding, and reads the next header;
  /// empty at the end of the archive.
  public Optional<Header> next() throws IOException {
    finish();
    Optional<String> longName = Optional.empty();
    Map<String, String> pax = new HashMap<>();
    for (int i = 0; i < MAX_HEADERS_IN_A_ROW; i++) {
      var block = block();
      if (block.isEmpty()) {
        return Optional.empty();
      }
      var header = block.get();
      long bytes = number(header, 124, 12);
      switch (header[156]) {
        case 'L' -> longName = Optional.of(cString(text(bytes)));
        case 'x' -> parsePax(text(bytes), pax);
        case 'g', 'K', 'V' -> text(bytes);
        default -> {
          return Optional.of(header(header, bytes, longName, pax));
        }
      }
    }
    throw new IOException("it has too many tar headers in a row");
  }

  @Override
  public int read(byte[] target, int from, int count) throws IOException {
    if (left == 0) {
      return -1;
    }
    int got = source.read(target, from, (int) Math.min(count, left));
    if (got < 0) {
      throw cutShort();
    }
    left -= got;
    return got;
  }

  /// Passes over what is left of the current content, with its padding.
  public void finish() throws IOException {
    var buffer = new byte[8 * 1024];
    while (left > 0) {
      read(buffer, 0, buffer.length);
    }
    if (source.readNBytes(buffer, 0, padding) < padding) {
      throw cutShort();
    }
    padding = 0;
  }

  private Header header(
      byte[] block, long ownBytes, Optional<String> longName, Map<String, String> pax)
      throws IOException {
    var name = longName.orElseGet(() -> ownName(block));
    name = pax.getOrDefault("path", name);
    long bytes = ownBytes;
    var size = pax.get("size");
    if (size != null) {
      bytes = size.matches("[0-9]{1,18}") ? Long.parseLong(size) : -1;
    }
    var kind = kind(block[156], name);
    if (pax.keySet().stream().anyMatch(key -> key.startsWith("GNU.sparse."))) {
      kind = Kind.OTHER;
    }
    if (kind == Kind.LINK || kind == Kind.FOLDER) {
      bytes = 0;
    }
    if (bytes < 0) {
      throw new IOException("the size of a file in it cannot be");
    }
    left = bytes;
    padding = TarHeader.padding(bytes);
    return new Header(name, kind, bytes, modified(block));
  }

  private static Kind kind(byte type, String name) {
    return switch (type) {
      case '0', 0, '7' -> name.endsWith("/") ? Kind.FOLDER : Kind.FILE;
      case '5' -> Kind.FOLDER;
      case '1', '2' -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  /// One header block; empty at the end of the archive, which some tools do not mark.
  private Optional<byte[]> block() throws IOException {
    var block = source.readNBytes(TarHeader.BLOCK);
    if (block.length == 0) {
      return Optional.empty();
    }
    if (block.length < TarHeader.BLOCK) {
      throw cutShort();
    }
    if (isZero(block)) {
      return Optional.empty();
    }
    if (!isHeader(block)) {
      throw new IOException("something that is no tar header stands where one should");
    }
    return Optional.of(block);
  }

  /// Returns whether the block is a tar header, by its checksum.
  public static boolean isHeader(byte[] block) {
    try {
      return block.length == TarHeader.BLOCK && TarUtils.verifyCheckSum(block);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static boolean isZero(byte[] block) {
    for (byte b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  private byte[] text(long bytes) throws IOException {
    if (bytes < 0 || bytes > MAX_HEADER_BYTES) {
      throw new IOException("a tar header of " + bytes + " bytes is too long");
    }
    var text = source.readNBytes((int) bytes);
    padding = TarHeader.padding(bytes);
    if (text.length < bytes) {
      throw cutShort();
    }
    finish();
    return text;
  }

  /// Records `<length> <key>=<value>\n`; the length counts bytes.
  private static void parsePax(byte[] text, Map<String, String> records) throws IOException {
    int at = 0;
    while (at < text.length && text[at] != 0) {
      int blank = at;
      int length = 0;
      for (; blank < text.length && text[blank] != ' '; blank++) {
        int digit = text[blank] - '0';
        if (digit < 0 || digit > 9 || length > text.length) {
          throw new IOException("a pax header in it is damaged");
        }
        length = length * 10 + digit;
      }
      int end = at + length;
      if (length > text.length || end > text.length || end <= blank + 1) {
        throw new IOException("a pax header in it is damaged");
      }
      var line = new String(text, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
      int equals = line.indexOf('=');
      if (equals < 0) {
        throw new IOException("a pax header in it is damaged");
      }
      records.put(line.substring(0, equals), line.substring(equals + 1));
      at = end;
    }
  }

  private static String ownName(byte[] block) {
    var name = cString(java.util.Arrays.copyOfRange(block, 0, 100));
    // GNU's own magic is `ustar  `, and other fields follow it.
    boolean ustar = new String(block, 257, 6, StandardCharsets.ISO_8859_1).equals("ustar\0");
    var prefix = ustar ? cString(java.util.Arrays.copyOfRange(block, 345, 500)) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  private static String cString(byte[] bytes) {
    int end = 0;
    while (end < bytes.length && bytes[end] != 0) {
      end++;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  private static Instant modified(byte[] block) {
    try {
      return Instant.ofEpochSecond(Math.clamp(number(block, 136, 12), 0, 1L << 35));
    } catch (IOException _) {
      return Instant.EPOCH;
    }
  }

  private static long number(byte[] block, int at, int length) throws IOException {
    try {
      return TarUtils.parseOctalOrBinary(block, at, length);
    } catch (IllegalArgumentException e) {
      throw new IOException("a number in a tar header is none", e);
    }
  }

  private static IOException cutShort() {
    return new IOException("it is cut short");
  }
}

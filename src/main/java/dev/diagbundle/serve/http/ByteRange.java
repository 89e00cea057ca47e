package dev.diagbundle.serve.http;

import java.util.Optional;
import java.util.regex.Pattern;

/// A range of bytes of a file, from a `Range` header (RFC 9110, section 14). It is unsatisfiable if
/// it is empty.
///
/// @param first the first byte
/// @param end the byte after the last
public record ByteRange(long first, long end) {
  private static final Pattern FORM = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*");

  /// Empty if the header is no single range: then it is to be ignored.
  static Optional<ByteRange> parse(String header, long size) {
    var matcher = FORM.matcher(header);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return Optional.empty();
    }
    if (matcher.group(1).isEmpty()) {
      long suffix = Math.min(Long.parseLong(matcher.group(2)), size);
      return Optional.of(new ByteRange(size - suffix, size));
    }
    long first = Long.parseLong(matcher.group(1));
    long last = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (last < first) {
      return Optional.of(new ByteRange(first, first));
    }
    return Optional.of(new ByteRange(first, Math.min(last + 1, size)));
  }

  public boolean isSatisfiable() {
    return first < end;
  }

  public long length() {
    return end - first;
  }
}

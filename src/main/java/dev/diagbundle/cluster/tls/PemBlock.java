package dev.diagbundle.cluster.tls;

import module java.base;

/// One block of a PEM text (RFC 7468). Text around the blocks is passed over, and so is a block
/// that is not base64, as in Go's `encoding/pem`.
///
/// @param label for example `CERTIFICATE`
/// @param encrypted whether its headers say that it is encrypted (RFC 1421)
/// @param base64 the content, DER, without white space
record PemBlock(String label, boolean encrypted, String base64) {
  static final String CERTIFICATE = "CERTIFICATE";

  private static final String BEGIN = "-----BEGIN ";
  private static final String DASHES = "-----";

  /// The blocks of the text, in its order.
  static List<PemBlock> all(String text) {
    var blocks = new ArrayList<PemBlock>();
    int at = text.indexOf(BEGIN);
    while (at >= 0) {
      int labelEnd = text.indexOf(DASHES, at + BEGIN.length());
      if (labelEnd < 0) {
        break;
      }
      var label = text.substring(at + BEGIN.length(), labelEnd);
      int end = text.indexOf("-----END " + label + DASHES, labelEnd);
      int next = text.indexOf(BEGIN, labelEnd);
      // A block without an end reaches to the next one.
      if (end >= 0 && (next < 0 || end < next)) {
        of(label, text.substring(labelEnd + DASHES.length(), end)).ifPresent(blocks::add);
      }
      at = next;
    }
    return blocks;
  }

  private static Optional<PemBlock> of(String label, String body) {
    var base64 = new StringBuilder();
    boolean encrypted = false;
    for (var line : body.lines().toList()) {
      if (line.contains(":")) {
        encrypted |= line.contains("ENCRYPTED");
      } else if (!line.startsWith(" ") || !line.isBlank()) {
        base64.append(line.strip());
      }
    }
    var block = new PemBlock(label, encrypted, base64.toString());
    try {
      block.bytes();
      return Optional.of(block);
    } catch (IllegalArgumentException e) {
      return encrypted ? Optional.of(block) : Optional.empty();
    }
  }

  byte[] bytes() {
    return Base64.getDecoder().decode(base64);
  }

  boolean isCertificate() {
    return label.equals(CERTIFICATE);
  }

  boolean isPrivateKey() {
    return label.equals("PRIVATE KEY") || label.endsWith(" PRIVATE KEY");
  }

  /// The labels of the blocks, for messages.
  static String labels(List<PemBlock> blocks) {
    return blocks.isEmpty()
        ? "no PEM block"
        : blocks.stream().map(PemBlock::label).distinct().collect(Collectors.joining(", "));
  }
}

package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.IndexPointer;
import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleReader;

/// The end of a bundle that was just written: its closing files and the index pointer.
final class BundleEnd {
  private BundleEnd() {}

  /// Reads them back from the disk, without holding them.
  ///
  /// @param closing the files as they were written, the manifest first
  /// @throws IOException if the disk fails or gives back anything else
  static void check(BundleFile file, List<Entry> closing) throws IOException {
    var manifest = closing.getFirst();
    var written = new IndexPointer(manifest.offset(), manifest.compressedBytes(), manifest.bytes());
    if (!BundleReader.trailer(file).equals(Optional.of(written))) {
      throw new IOException("the disk gave back another end of the bundle");
    }
    for (Entry entry : closing) {
      var path = entry.path().value();
      var member =
          new MemberInputStream(
              file.part(entry.offset(), entry.compressedBytes()),
              entry.compressedBytes(),
              entry.bytes(),
              path);
      try (var content = new DigestInputStream(member, Checksums.newDigest())) {
        content.transferTo(OutputStream.nullOutputStream());
        var sha256 = HexFormat.of().formatHex(content.getMessageDigest().digest());
        if (!sha256.equals(entry.sha256())) {
          throw new IOException("the disk gave back another '" + path + "'");
        }
      }
    }
  }
}

package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.archive.IndexPointer;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;

/// The files of an indexed bundle that its manifest does not list: the manifest itself, and the
/// files after it.
///
/// @param files the unlisted files
/// @param notices problems with them
record UnlistedFiles(List<Entry> files, List<String> notices) {
  static final UnlistedFiles NONE = new UnlistedFiles(List.of(), List.of());

  UnlistedFiles {
    files = List.copyOf(files);
    notices = List.copyOf(notices);
  }

  /// Reads the end of the archive, which is short.
  static UnlistedFiles of(BundleFile file, IndexPointer trailer, String rootFolder, String sha256)
      throws IOException {
    long start = trailer.offset() + trailer.compressedBytes();
    ArchiveScan.Result scan;
    try (var spool = ContentSpool.temporary()) {
      scan =
          new ArchiveScan(_ -> false, spool, _ -> {})
              .ofGzip(file.part(start, file.length() - start), true);
    }
    var files = new ArrayList<Entry>();
    var notices = new ArrayList<String>();
    for (EntryPath path : List.of(BundleLayout.REPORT, BundleLayout.CHECKSUMS)) {
      var whole = EntryPath.of(rootFolder, path.value());
      scan.files().stream()
          .filter(found -> found.entry().path().equals(whole))
          .filter(found -> found.place() == ArchiveScan.Place.ARCHIVE)
          .map(found -> found.entry().at(path, start + found.entry().offset()))
          .forEach(files::add);
    }
    var modified = files.isEmpty() ? Instant.EPOCH : files.getFirst().modified();
    files.addFirst(
        new Entry(
            BundleLayout.MANIFEST,
            trailer.bytes(),
            sha256,
            trailer.offset(),
            trailer.compressedBytes(),
            0,
            modified,
            ""));
    scan.damage()
        .ifPresent(damage -> notices.add("its end is damaged: " + Printable.line(damage, 200)));
    return new UnlistedFiles(files, notices);
  }
}

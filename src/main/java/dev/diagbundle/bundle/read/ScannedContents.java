package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The contents of an archive without a usable index, after one pass over all of it.
///
/// @param archive the scanned archive, if it is seekable; this closes it, and the spool
/// @param found the files by their paths below the root folder
record ScannedContents(
    Optional<BundleFile> archive, ContentSpool spool, Map<EntryPath, ArchiveScan.Found> found)
    implements UnindexedBundle.Contents {
  /// @param indexFault reason why its index was not used
  static UnindexedBundle open(
      String name,
      Optional<BundleFile> archive,
      ContentSpool spool,
      ArchiveScan.Result scan,
      Optional<String> indexFault)
      throws DiagbundleException {
    if (scan.files().isEmpty()) {
      throw new DiagbundleException(
          Problem.failure(
              "cannot read '"
                  + name
                  + "' as a bundle: "
                  + scan.damage()
                      .map(damage -> Printable.line(damage, 200))
                      .orElse("there is no file in it")));
    }
    var whole = scan.files().stream().map(file -> file.entry().path()).toList();
    var root = RootFolder.of(whole);
    var plain = new ArrayList<Entry>();
    var found = new HashMap<EntryPath, ArchiveScan.Found>();
    for (ArchiveScan.Found file : scan.files()) {
      var entry =
          file.entry().at(RootFolder.below(root, file.entry().path()), file.entry().offset());
      plain.add(entry);
      found.put(entry.path(), file);
    }
    var notices = new ArrayList<String>();
    indexFault.ifPresent(notices::add);
    scan.damage()
        .ifPresent(damage ->
            notices.add(
                Printable.line(damage, 200)
                    + "; what stands before that is read: "
                    + plain.size()
                    + " files"));
    notices.addAll(scan.oddities());
    return new UnindexedBundle(new ScannedContents(archive, spool, found), plain, root, notices);
  }

  @Override
  public Bundle.Form form() {
    return Bundle.Form.ARCHIVE;
  }

  @Override
  public Optional<InputStream> member(Entry entry) {
    var file = found.get(entry.path());
    if (file == null || file.place() != ArchiveScan.Place.ARCHIVE) {
      return Optional.empty();
    }
    return archive.map(whole -> whole.part(entry.offset(), entry.compressedBytes()));
  }

  @Override
  public void close() throws IOException {
    try (spool) {
      if (archive.isPresent()) {
        archive.get().close();
      }
    }
  }

  @Override
  public InputStream open(Entry named) throws IOException {
    var path = named.path();
    var file = found.get(path);
    if (file == null) {
      throw new IllegalArgumentException("no entry of this bundle: " + path);
    }
    var entry = file.entry();
    if (entry.bytes() == 0) {
      return InputStream.nullInputStream();
    }
    var member =
        switch (file.place()) {
          case ARCHIVE -> archive.orElseThrow().part(entry.offset(), entry.compressedBytes());
          case SPOOL -> spool.part(entry.offset(), entry.compressedBytes());
          case NOWHERE ->
              throw new IOException("'" + path + "' is packed so that it cannot be sought");
        };
    return new MemberInputStream(member, entry.compressedBytes(), entry.bytes(), path.value());
  }
}

package dev.diagbundle.bundle.read;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An archive without a usable index, after one pass over all of it.
final class ScannedBundle implements Bundle {
  /// More than this no manifest has, and it must fit into memory.
  static final long MAX_MANIFEST_BYTES = 256L << 20;

  private final Optional<BundleFile> archive;
  private final ContentSpool spool;
  private final Map<EntryPath, ArchiveScan.Found> found = new HashMap<>();
  private final Map<EntryPath, Entry> entries = new HashMap<>();
  private final List<String> notices = new ArrayList<>();
  private final List<Entry> files;
  private final Manifest manifest;
  private final String manifestSha256;
  private final boolean hasManifest;

  /// @param archive what was scanned, if it can be sought in; this closes it, and the spool
  /// @param indexFault why the index that it has was not used
  ScannedBundle(
      String name,
      Optional<BundleFile> archive,
      ContentSpool spool,
      ArchiveScan.Result scan,
      Optional<String> indexFault)
      throws DiagbundleException {
    this.archive = archive;
    this.spool = spool;
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
    for (ArchiveScan.Found file : scan.files()) {
      var entry = at(RootFolder.below(root, file.entry().path()), file.entry());
      plain.add(entry);
      found.put(entry.path(), file);
    }
    indexFault.ifPresent(notices::add);
    scan.damage()
        .ifPresent(damage ->
            notices.add(
                Printable.line(damage, 200)
                    + "; what stands before that is read: "
                    + plain.size()
                    + " files"));
    notices.addAll(scan.oddities());
    var own = ownManifest();
    this.hasManifest = own.isPresent();
    this.files = List.copyOf(RecoveredManifest.withItems(plain, own));
    this.manifest = RecoveredManifest.of(files, own, root);
    this.manifestSha256 =
        Optional.ofNullable(found.get(BundleLayout.MANIFEST))
            .map(file -> file.entry().sha256())
            .orElse("");
    notices.addAll(RecoveredManifest.notices(files, own));
    files.forEach(file -> entries.put(file.path(), file));
  }

  @Override
  public Form form() {
    return Form.ARCHIVE;
  }

  @Override
  public List<Entry> files() {
    return files;
  }

  @Override
  public List<String> notices() {
    return List.copyOf(notices);
  }

  @Override
  public boolean hasManifest() {
    return hasManifest;
  }

  @Override
  public Manifest manifest() {
    return manifest;
  }

  @Override
  public String manifestSha256() {
    return manifestSha256;
  }

  @Override
  public Optional<Entry> find(EntryPath path) {
    return Optional.ofNullable(entries.get(path));
  }

  @Override
  public InputStream open(Entry entry) throws IOException {
    return open(entry.path());
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

  private InputStream open(EntryPath path) throws IOException {
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

  private Optional<Manifest> ownManifest() {
    var file = found.get(BundleLayout.MANIFEST);
    if (file == null) {
      return Optional.empty();
    }
    if (file.entry().bytes() > MAX_MANIFEST_BYTES) {
      notices.add("its manifest.json is too large");
      return Optional.empty();
    }
    try (var in = open(BundleLayout.MANIFEST)) {
      return Optional.of(ManifestJson.read(in));
    } catch (IOException e) {
      notices.add(
          "its manifest.json is no manifest: "
              + Printable.line(String.valueOf(e.getMessage()), 200));
      return Optional.empty();
    }
  }

  private static Entry at(EntryPath path, Entry entry) {
    return new Entry(
        path,
        entry.bytes(),
        entry.sha256(),
        entry.offset(),
        entry.compressedBytes(),
        entry.lines(),
        entry.modified(),
        entry.item());
  }
}

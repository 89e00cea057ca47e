package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;

/// A bundle without a usable index: the files found, with the statements of its own manifest about
/// them.
final class UnindexedBundle implements Bundle {
  /// The maximum size of a manifest, which must fit into memory.
  static final long MAX_MANIFEST_BYTES = 256L << 20;

  private final Contents contents;
  private final Map<EntryPath, Entry> entries = new HashMap<>();
  private final List<String> notices;
  private final List<Entry> files;
  private final Manifest manifest;
  private String manifestSha256 = "";
  private final boolean hasManifest;

  /// The contents of the files that were found.
  interface Contents extends Closeable {
    Form form();

    /// The uncompressed content of a file that was found. The caller closes it.
    InputStream open(Entry entry) throws IOException;

    /// Like [Bundle#member].
    Optional<InputStream> member(Entry entry);
  }

  /// @param contents are closed with this
  /// @param found the files, in their order
  /// @param rootFolder the name of the folder that the files lay in; may be empty
  /// @param notices from the scan that found them
  UnindexedBundle(Contents contents, List<Entry> found, String rootFolder, List<String> notices) {
    this.contents = contents;
    this.notices = new ArrayList<>(notices);
    var own =
        found.stream()
            .filter(file -> file.path().equals(BundleLayout.MANIFEST))
            .findFirst()
            .flatMap(this::ownManifest);
    this.hasManifest = own.isPresent();
    this.files = List.copyOf(RecoveredManifest.withItems(found, own));
    this.manifest = RecoveredManifest.of(files, own, rootFolder);
    this.notices.addAll(RecoveredManifest.notices(files, own));
    files.forEach(file -> entries.put(file.path(), file));
  }

  private Optional<Manifest> ownManifest(Entry file) {
    manifestSha256 = file.sha256();
    if (file.bytes() > MAX_MANIFEST_BYTES) {
      notices.add("its manifest.json is too large");
      return Optional.empty();
    }
    try (var in = new DigestInputStream(contents.open(file), Checksums.newDigest())) {
      var own = ManifestJson.read(in);
      in.transferTo(OutputStream.nullOutputStream());
      manifestSha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
      return Optional.of(own);
    } catch (IOException e) {
      notices.add(
          "its manifest.json is no manifest: "
              + Printable.line(String.valueOf(e.getMessage()), 200));
      return Optional.empty();
    }
  }

  @Override
  public Form form() {
    return contents.form();
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
    if (!entries.containsKey(entry.path())) {
      throw new IllegalArgumentException("no entry of this bundle: " + entry.path());
    }
    return contents.open(entry);
  }

  @Override
  public Optional<InputStream> member(Entry entry) {
    return contents.member(entry);
  }

  @Override
  public void close() throws IOException {
    contents.close();
  }
}

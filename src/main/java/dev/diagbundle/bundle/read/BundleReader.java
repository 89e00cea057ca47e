package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.GzipMember;
import dev.diagbundle.bundle.archive.IndexPointer;
import dev.diagbundle.bundle.archive.MemberInputStream;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// A bundle on disk, opened by the index at its end. Nothing is unpacked; [#open] reads the one
/// member it needs. Safe for use by several threads; the caller that opens it closes it.
public final class BundleReader implements Bundle {
  /// The maximum compression ratio of deflate, 1032; a manifest that claims more is forged.
  private static final long MAX_RATIO = 1032;

  private final BundleFile file;
  private final Manifest manifest;
  private final String manifestSha256;
  private final EntryIndex index;
  private final UnlistedFiles closing;

  /// @param closing the files that the manifest does not list; none while the bundle is written
  BundleReader(BundleFile file, Manifest manifest, String manifestSha256, UnlistedFiles closing)
      throws IOException {
    this.file = file;
    this.manifest = manifest;
    this.manifestSha256 = manifestSha256;
    this.closing = closing;
    this.index = new EntryIndex(manifest.entries());
    long length = file.length();
    int place = 0;
    for (Entry entry : manifest.entries()) {
      requireSane(entry, length);
      if (!index.add(entry.path(), place++)) {
        throw new IOException("manifest.json: '" + entry.path() + "' is there twice");
      }
    }
    for (Entry entry : closing.files()) {
      if (index.find(entry.path()).isPresent()) {
        throw new IOException("manifest.json: it lists '" + entry.path() + "'");
      }
    }
  }

  /// Reads from a bundle that is still being written.
  public static BundleReader of(Path partial, Manifest manifest, String manifestSha256)
      throws IOException {
    var file = new BundleFile(partial);
    try {
      return new BundleReader(file, manifest, manifestSha256, UnlistedFiles.NONE);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Opens a bundle.
  ///
  /// @throws DiagbundleException if the file is missing or is no whole bundle
  /// @throws IOException if the disk fails
  public static BundleReader open(Path bundle) throws IOException, DiagbundleException {
    var name = Printable.line(bundle.toString());
    if (!Files.isRegularFile(bundle)) {
      var what = Files.exists(bundle) ? "it is not a file" : "it does not exist";
      throw new DiagbundleException(Problem.usage("cannot read '" + name + "': " + what));
    }
    if (!Files.isReadable(bundle)) {
      throw new DiagbundleException(
          Problem.usage("cannot read '" + name + "': no permission to read it"));
    }
    var file = new BundleFile(bundle);
    try {
      return open(file, name);
    } catch (IOException | DiagbundleException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  @Override
  public Form form() {
    return Form.INDEXED;
  }

  @Override
  public List<Entry> files() {
    return new JoinedList<>(manifest.entries(), closing.files());
  }

  @Override
  public List<String> notices() {
    return closing.notices();
  }

  @Override
  public boolean hasManifest() {
    return true;
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
    return index
        .find(path)
        .or(() -> closing.files().stream().filter(file -> file.path().equals(path)).findFirst());
  }

  /// The uncompressed content of an entry, checked against the size and CRC of its member by the
  /// time the last byte is read. The caller closes it.
  ///
  /// @throws IllegalArgumentException if the entry is not one of this bundle
  @Override
  public InputStream open(Entry entry) throws IOException {
    if (!find(entry.path()).equals(Optional.of(entry))) {
      throw new IllegalArgumentException("no entry of this bundle: " + entry.path());
    }
    return new MemberInputStream(
        file.part(entry.offset(), entry.compressedBytes()),
        entry.compressedBytes(),
        entry.bytes(),
        entry.path().value());
  }

  @Override
  public Optional<InputStream> member(Entry entry) {
    return Optional.of(file.part(entry.offset(), entry.compressedBytes()));
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /// The index pointer at the end of the file, if it ends as a bundle does.
  public static Optional<IndexPointer> trailer(BundleFile file) throws IOException {
    return IndexPointer.decode(tail(file));
  }

  /// Opens a bundle; closing it closes the file, which stays open if it cannot be opened.
  ///
  /// @param name of the file, for messages
  static BundleReader open(BundleFile file, String name) throws IOException, DiagbundleException {
    return open(file, name, _ -> true, false);
  }

  /// Opens a bundle; entries that are not requested are left out, which matters if it has 50,000
  /// files.
  ///
  /// @param wanted the paths whose contents will be opened. The checksum of the manifest, which
  ///   takes as long to find out as all the rest, is empty if it is not among them
  /// @param only whether the manifest is to list nothing but these, and no items
  static BundleReader open(BundleFile file, String name, Predicate<EntryPath> wanted, boolean only)
      throws IOException, DiagbundleException {
    boolean hashed = wanted.test(BundleLayout.MANIFEST);
    long length = file.length();
    var trailer =
        trailer(file)
            .orElseThrow(() -> damaged(name, "there is no index at its end", Optional.empty()));
    if (!isInside(trailer.offset(), trailer.compressedBytes(), length)
        || trailer.bytes() < 0
        || trailer.bytes() > UnindexedBundle.MAX_MANIFEST_BYTES) {
      throw damaged(name, "the index at its end is wrong", Optional.empty());
    }
    var member =
        new MemberInputStream(
            file.part(trailer.offset(), trailer.compressedBytes()),
            trailer.compressedBytes(),
            trailer.bytes(),
            BundleLayout.MANIFEST.value());
    try (var content = new DigestInputStream(member, Checksums.newDigest())) {
      content.on(hashed);
      var manifest = only ? ManifestJson.readOnly(content, wanted) : ManifestJson.read(content);
      content.transferTo(OutputStream.nullOutputStream());
      requireFolderName(manifest.run().rootFolder());
      var sha256 = hashed ? HexFormat.of().formatHex(content.getMessageDigest().digest()) : "";
      var closing = UnlistedFiles.of(file, trailer, manifest.run().rootFolder(), sha256);
      return new BundleReader(file, manifest, sha256, closing);
    } catch (IOException e) {
      throw damaged(name, Printable.line(String.valueOf(e.getMessage()), 300), Optional.of(e));
    }
  }

  private static byte[] tail(BundleFile file) throws IOException {
    long at = Math.max(0, file.length() - IndexPointer.BYTES);
    return file.part(at, IndexPointer.BYTES).readAllBytes();
  }

  private static void requireFolderName(String name) throws IOException {
    if (!BundleLayout.isFolderName(name)) {
      throw new IOException("manifest.json: the root folder's name is unsafe");
    }
  }

  private static void requireSane(Entry entry, long length) throws IOException {
    boolean sane =
        isInside(entry.offset(), entry.compressedBytes(), length)
            && entry.bytes() >= 0
            && entry.bytes() / MAX_RATIO <= entry.compressedBytes()
            && entry.lines() >= 0
            && entry.lines() <= entry.bytes()
            && Checksums.isSha256(entry.sha256());
    if (!sane) {
      throw new IOException("manifest.json: the numbers of '" + entry.path() + "' cannot be");
    }
  }

  private static boolean isInside(long offset, long compressedBytes, long length) {
    return offset >= 0
        && compressedBytes >= GzipMember.MIN_BYTES
        && compressedBytes <= length
        && offset <= length - compressedBytes;
  }

  private static DiagbundleException damaged(String name, String how, Optional<IOException> cause) {
    var problem =
        Problem.failure("cannot read '" + name + "' as a bundle: " + how)
            .withHint("It may be cut short or packed anew; 'tar xzf' unpacks what is whole.");
    return cause
        .map(e -> new DiagbundleException(problem, e))
        .orElseGet(() -> new DiagbundleException(problem));
  }
}

package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.BundleParts;
import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.archive.Identities;
import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.bundle.archive.TarStream;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The location of a bundle: an archive of any kind, the parts of a split one, a folder that it was
/// unpacked to, or a stream. An archive with a usable index is opened by it; any other tar archive
/// is read once, from start to end.
public final class BundleSource {
  private final String name;
  private final List<Path> files;
  private final Optional<Path> folder;
  private final Optional<InputStream> stream;
  private final Identities identities;

  private BundleSource(
      String name,
      List<Path> files,
      Optional<Path> folder,
      Optional<InputStream> stream,
      Identities identities) {
    this.name = name;
    this.files = files;
    this.folder = folder;
    this.stream = stream;
    this.identities = identities;
  }

  /// The source that a user means by a word: a file, a part of a split bundle, the name that its
  /// parts have in common, a folder, or `-` for standard input.
  ///
  /// @param identities open it if it is encrypted
  /// @throws DiagbundleException if there is no such thing
  public static BundleSource of(String word, InputStream standardInput, Identities identities)
      throws IOException, DiagbundleException {
    if (word.equals("-")) {
      return new BundleSource(
          "standard input", List.of(), Optional.empty(), Optional.of(standardInput), identities);
    }
    var path = Path.of(word);
    var name = Printable.line(word);
    if (Files.isDirectory(path)) {
      return new BundleSource(name, List.of(), Optional.of(path), Optional.empty(), identities);
    }
    var parts = BundleParts.of(path);
    if (!parts.isEmpty()) {
      return new BundleSource(name, parts, Optional.empty(), Optional.empty(), identities);
    }
    if (!Files.exists(path)) {
      throw new DiagbundleException(Problem.usage("cannot read '" + name + "': it does not exist"));
    }
    if (!Files.isReadable(path)) {
      throw new DiagbundleException(
          Problem.usage("cannot read '" + name + "': no permission to read it"));
    }
    if (Files.isRegularFile(path)) {
      return new BundleSource(name, List.of(path), Optional.empty(), Optional.empty(), identities);
    }
    // A pipe, such as a shell's <(…).
    return new BundleSource(
        name, List.of(), Optional.empty(), Optional.of(Files.newInputStream(path)), identities);
  }

  /// The name, for messages.
  public String name() {
    return name;
  }

  /// The one file that it is, if it is one.
  public Optional<Path> file() {
    return files.size() == 1 ? Optional.of(files.getFirst()) : Optional.empty();
  }

  /// The folder that it is, if it is one.
  public Optional<Path> folder() {
    return folder;
  }

  /// Returns whether writing a bundle to the target would replace this one, or what is left of it.
  public boolean isReplacedBy(Path target) throws IOException {
    // Also its parts: one name must not refer to two bundles.
    var replaced = new ArrayList<>(BundleParts.numberedOf(target));
    for (String ending : List.of("", ".partial", ".plain.partial")) {
      replaced.add(target.resolveSibling(target.getFileName() + ending));
    }
    for (Path written : replaced) {
      for (Path file : files) {
        if (Files.exists(written) && Files.isSameFile(written, file)) {
          return true;
        }
      }
    }
    return false;
  }

  /// Opens the bundle. The caller closes it.
  ///
  /// @param wanted the paths whose contents will be opened; of others only the names may be known,
  ///   and the checksum of the manifest only if it is one of them
  /// @throws DiagbundleException if it is no bundle at all
  /// @throws IOException if the disk fails
  public Bundle open(Predicate<EntryPath> wanted) throws IOException, DiagbundleException {
    return open(wanted, false);
  }

  /// Opens the bundle for some of its files, which is quicker if it has many: of others, and of its
  /// items, nothing may be known, not even their names. The caller closes it.
  ///
  /// @throws DiagbundleException if it is no bundle at all
  /// @throws IOException if the disk fails
  public Bundle openOnly(Predicate<EntryPath> wanted) throws IOException, DiagbundleException {
    return open(wanted, true);
  }

  private Bundle open(Predicate<EntryPath> wanted, boolean only)
      throws IOException, DiagbundleException {
    if (folder.isPresent()) {
      return FolderContents.open(folder.get());
    }
    if (stream.isPresent()) {
      return scan(stream.get(), Optional.empty(), wanted, Optional.empty());
    }
    var file = new BundleFile(files);
    try {
      return open(file, wanted, only);
    } catch (IOException | DiagbundleException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /// Scans an archive, whatever it is compressed with.
  ///
  /// @param seekable whether the source's members can be read again; not if it is encrypted
  ArchiveScan.Result scan(InputStream source, boolean seekable, ArchiveScan scan)
      throws IOException, DiagbundleException {
    var buffered = new BufferedInputStream(source, 64 * 1024);
    var head = head(buffered);
    if (!Identities.isEncrypted(head)) {
      return scan(buffered, head, seekable, scan);
    }
    var plain = new BufferedInputStream(identities.decrypt(buffered, head, name), 64 * 1024);
    return scan(plain, head(plain), false, scan);
  }

  private ArchiveScan.Result scan(
      InputStream source, byte[] head, boolean seekable, ArchiveScan scan)
      throws IOException, DiagbundleException {
    if (head.length > 1 && head[0] == 0x1f && head[1] == (byte) 0x8b) {
      return scan.ofGzip(source, seekable);
    }
    if (TarStream.isHeader(head)) {
      return scan.ofTar(source);
    }
    var problem =
        Problem.failure("cannot read '" + name + "' as a bundle: it is neither gzip nor tar");
    throw new DiagbundleException(
        problem.withHint("If it is packed in another way (zip, zstd, xz), unpack it first."));
  }

  private static byte[] head(BufferedInputStream source) throws IOException {
    source.mark(TarHeader.BLOCK);
    var head = source.readNBytes(TarHeader.BLOCK);
    source.reset();
    return head;
  }

  List<Path> files() {
    return files;
  }

  Optional<InputStream> stream() {
    return stream;
  }

  private Bundle open(BundleFile file, Predicate<EntryPath> wanted, boolean only)
      throws IOException, DiagbundleException {
    if (BundleReader.trailer(file).isEmpty()) {
      return scan(file.part(0, file.length()), Optional.of(file), wanted, Optional.empty());
    }
    try {
      return BundleReader.open(file, name, wanted, only);
    } catch (DiagbundleException e) {
      // The files may still be intact; the notices state what cannot be trusted.
      return scan(
          file.part(0, file.length()),
          Optional.of(file),
          wanted,
          Optional.of(e.problems().getFirst().message()));
    }
  }

  private Bundle scan(
      InputStream source,
      Optional<BundleFile> file,
      Predicate<EntryPath> wanted,
      Optional<String> indexFault)
      throws IOException, DiagbundleException {
    var spool = ContentSpool.temporary();
    try {
      var scan =
          new ArchiveScan(
              path -> isWanted(path, wanted) || isWanted(RootFolder.belowFirst(path), wanted),
              spool,
              _ -> {});
      return ScannedContents.open(
          name, file, spool, scan(source, file.isPresent(), scan), indexFault);
    } catch (IOException | DiagbundleException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }

  private static boolean isWanted(EntryPath path, Predicate<EntryPath> wanted) {
    return path.equals(BundleLayout.MANIFEST) || wanted.test(path);
  }
}

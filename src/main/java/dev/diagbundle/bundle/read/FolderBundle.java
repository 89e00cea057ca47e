package dev.diagbundle.bundle.read;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A bundle that was unpacked: a folder of plain files. Links in it are not followed.
final class FolderBundle implements Bundle {
  private static final int MAX_FILES = 500_000;

  private final Path root;
  private final List<Entry> files;
  private final Map<EntryPath, Entry> entries = new HashMap<>();
  private final List<String> notices;
  private final Manifest manifest;
  private final String manifestSha256;
  private final boolean hasManifest;

  private FolderBundle(Path root, List<Entry> found, List<String> oddities) {
    this.root = root;
    this.notices = new ArrayList<>(oddities);
    String sha256 = "";
    Optional<Manifest> own = Optional.empty();
    if (found.stream().anyMatch(file -> file.path().equals(BundleLayout.MANIFEST))) {
      try (var in = new DigestInputStream(open(BundleLayout.MANIFEST), Checksums.newDigest())) {
        own = Optional.of(ManifestJson.read(in));
        in.transferTo(OutputStream.nullOutputStream());
        sha256 = HexFormat.of().formatHex(in.getMessageDigest().digest());
      } catch (IOException e) {
        notices.add(
            "its manifest.json is no manifest: "
                + Printable.line(String.valueOf(e.getMessage()), 200));
      }
    }
    this.hasManifest = own.isPresent();
    this.manifestSha256 = sha256;
    this.files = List.copyOf(RecoveredManifest.withItems(found, own));
    var name = root.toAbsolutePath().normalize().getFileName();
    this.manifest = RecoveredManifest.of(files, own, name == null ? "" : name.toString());
    notices.addAll(RecoveredManifest.notices(files, own));
    files.forEach(file -> entries.put(file.path(), file));
  }

  /// Opens a folder: the bundle's root, or what holds nothing but it.
  static FolderBundle open(Path folder) throws IOException, DiagbundleException {
    var root = rootIn(folder);
    var found = new ArrayList<Entry>();
    var oddities = new UnexpectedMembers();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            visit(root.relativize(file), attributes, found, oddities);
            return FileVisitResult.CONTINUE;
          }
        });
    if (found.isEmpty()) {
      throw new DiagbundleException(
          Problem.failure(
              "cannot read '"
                  + Printable.line(folder.toString())
                  + "' as a bundle: there is no file in it"));
    }
    found.sort((a, b) -> a.path().compareTo(b.path()));
    return new FolderBundle(root, found, oddities.sentences());
  }

  @Override
  public Form form() {
    return Form.FOLDER;
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
    if (!entry.equals(entries.get(entry.path()))) {
      throw new IllegalArgumentException("no entry of this bundle: " + entry.path());
    }
    return open(entry.path());
  }

  @Override
  public void close() {
    // Holds nothing open.
  }

  private InputStream open(EntryPath path) throws IOException {
    return Files.newInputStream(root.resolve(path.value()), LinkOption.NOFOLLOW_LINKS);
  }

  private static void visit(
      Path path, BasicFileAttributes attributes, List<Entry> found, UnexpectedMembers oddities)
      throws IOException {
    var name = path.toString().replace(path.getFileSystem().getSeparator(), "/");
    if (!attributes.isRegularFile()) {
      oddities.add(
          attributes.isSymbolicLink() ? UnexpectedMembers.Kind.LINK : UnexpectedMembers.Kind.OTHER,
          name);
      return;
    }
    try {
      found.add(
          new Entry(
              new EntryPath(name),
              attributes.size(),
              "",
              0,
              0,
              0,
              attributes.lastModifiedTime().toInstant(),
              ""));
    } catch (IllegalArgumentException _) {
      oddities.add(UnexpectedMembers.Kind.UNSAFE_NAME, name);
    }
    if (found.size() > MAX_FILES) {
      throw new IOException("the folder holds more than " + MAX_FILES + " files");
    }
  }

  private static Path rootIn(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve("manifest.json"))) {
      return folder;
    }
    try (Stream<Path> children = Files.list(folder)) {
      var first = children.limit(2).toList();
      if (first.size() == 1
          && RootFolder.isNameFor(String.valueOf(first.getFirst().getFileName()))
          && Files.isDirectory(first.getFirst(), LinkOption.NOFOLLOW_LINKS)) {
        return first.getFirst();
      }
    }
    return folder;
  }
}

package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The contents of a bundle that was unpacked: a folder of plain files. Links in it are not
/// followed.
///
/// @param root the bundle's root folder
record FolderContents(Path root) implements UnindexedBundle.Contents {
  private static final int MAX_FILES = 500_000;

  /// Opens a folder: the bundle's root, or what holds nothing but it.
  static UnindexedBundle open(Path folder) throws IOException, DiagbundleException {
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
    var name = root.toAbsolutePath().normalize().getFileName();
    return new UnindexedBundle(
        new FolderContents(root), found, name == null ? "" : name.toString(), oddities.sentences());
  }

  @Override
  public Bundle.Form form() {
    return Bundle.Form.FOLDER;
  }

  @Override
  public InputStream open(Entry entry) throws IOException {
    return Files.newInputStream(root.resolve(entry.path().value()), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Optional<InputStream> member(Entry entry) {
    return Optional.empty();
  }

  @Override
  public void close() {
    // Holds nothing open.
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

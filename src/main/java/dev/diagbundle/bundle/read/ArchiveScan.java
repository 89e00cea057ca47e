package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.archive.GzipStream;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.bundle.archive.TarStream;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.EntryPath;

/// One pass over a tar archive from any tool, gzip-compressed or not: its files, the locations of
/// their contents, and the position where the pass had to end. Whatever the archive contains, the
/// pass ends, keeps no content in memory, and writes to nothing but its spool.
final class ArchiveScan {
  /// The maximum number of files; an archive with more is not one of diagbundle, or needs more
  /// memory than this program has.
  private static final int MAX_FILES = 500_000;

  private static final long MAX_NAME_CHARACTERS = 40_000_000;

  private static final Optional<GzipStream> NO_MEMBERS = Optional.empty();

  /// The location of a content for later reads.
  enum Place {
    ARCHIVE,
    SPOOL,
    /// The content was not requested, and the archive is not seekable.
    NOWHERE
  }

  /// One file of the archive.
  ///
  /// @param entry its path is the whole path in the archive; offset and length are of the member
  record Found(Entry entry, Place place) {}

  /// The result of the pass.
  ///
  /// @param files in the order of the archive
  /// @param oddities a sentence for each kind of thing that should not be there
  /// @param damage reason why the pass ended before the archive's end
  record Result(List<Found> files, List<String> oddities, Optional<String> damage) {}

  /// Listener for each file, called after its content has been read.
  interface Listener {
    void found(Entry entry) throws IOException;
  }

  private final Predicate<EntryPath> wanted;
  private final ContentSpool spool;
  private final Listener listener;
  private final Map<EntryPath, Found> files = new LinkedHashMap<>();
  private final UnexpectedMembers oddities = new UnexpectedMembers();
  private final byte[] buffer = new byte[32 * 1024];
  private long nameCharacters;

  /// @param wanted whether the content at a path in the archive must be readable afterwards
  /// @param spool takes wanted contents that have no member of their own
  ArchiveScan(Predicate<EntryPath> wanted, ContentSpool spool, Listener listener) {
    this.wanted = wanted;
    this.spool = spool;
    this.listener = listener;
  }

  /// Scans a gzip archive.
  ///
  /// @param seekable whether members can be read again at their positions
  /// @throws StorageException if the spool's disk fails; every other failure is damage
  Result ofGzip(InputStream source, boolean seekable) throws IOException {
    try (var gzip = new GzipStream(source)) {
      return scan(gzip, Optional.of(gzip).filter(_ -> seekable));
    }
  }

  /// Scans an uncompressed tar archive.
  Result ofTar(InputStream source) throws IOException {
    return scan(source, Optional.empty());
  }

  private Result scan(InputStream source, Optional<GzipStream> gzip) throws IOException {
    Optional<String> damage = Optional.empty();
    try {
      var tar = new TarStream(source);
      var header = tar.next();
      // In a bundle each header is a member of its own. In archives packed by users, a member may
      // start where a content does, but only by chance, and end elsewhere.
      var members = gzip.isPresent() && gzip.get().isBetweenMembers() ? gzip : NO_MEMBERS;
      for (; header.isPresent(); header = tar.next()) {
        take(tar, header.get(), members);
      }
      // After the end there may be zeros, and the CRC of the last member.
      source.transferTo(OutputStream.nullOutputStream());
    } catch (StorageException | VerificationException e) {
      throw e;
    } catch (IOException e) {
      damage = Optional.of(String.valueOf(e.getMessage()));
    }
    return new Result(List.copyOf(files.values()), oddities.sentences(), damage);
  }

  private void take(TarStream tar, TarStream.Header header, Optional<GzipStream> members)
      throws IOException {
    if (header.kind() == TarStream.Kind.FOLDER) {
      return;
    }
    if (header.kind() != TarStream.Kind.FILE) {
      var link = header.kind() == TarStream.Kind.LINK;
      oddities.add(
          link ? UnexpectedMembers.Kind.LINK : UnexpectedMembers.Kind.OTHER, header.name());
      return;
    }
    var path = path(header.name());
    if (path.isEmpty()) {
      oddities.add(UnexpectedMembers.Kind.UNSAFE_NAME, header.name());
      return;
    }
    var found = read(tar, header, path.get(), members);
    nameCharacters += path.get().value().length();
    if (files.put(path.get(), found) != null) {
      oddities.add(UnexpectedMembers.Kind.TWICE, header.name());
    }
    if (files.size() > MAX_FILES || nameCharacters > MAX_NAME_CHARACTERS) {
      throw new IOException("it holds more than " + (files.size() - 1) + " files");
    }
    listener.found(found.entry());
  }

  private Found read(
      TarStream tar, TarStream.Header header, EntryPath path, Optional<GzipStream> members)
      throws IOException {
    long start = -1;
    long begun = 0;
    if (members.isPresent() && members.get().isBetweenMembers()) {
      start = members.get().position();
      begun = members.get().members();
    }
    boolean spooled = start < 0 && wanted.test(path);
    long spoolStart = spool.length();
    var digest = Checksums.newDigest();
    var content = new DigestInputStream(tar, digest);
    long lines;
    if (spooled) {
      try (var out = spool.begin()) {
        lines = copy(content, out);
        out.write(new byte[TarHeader.padding(header.bytes())]);
      }
    } else {
      lines = copy(content, OutputStream.nullOutputStream());
    }
    tar.finish();
    boolean own =
        start >= 0
            && members.get().isBetweenMembers()
            && members.get().members() == begun + 1
            && header.bytes() > 0;
    long offset = own ? start : spooled ? spoolStart : 0;
    long compressedBytes =
        own ? members.get().position() - start : spooled ? spool.length() - spoolStart : 0;
    var entry =
        new Entry(
            path,
            header.bytes(),
            HexFormat.of().formatHex(digest.digest()),
            offset,
            compressedBytes,
            lines,
            header.modified(),
            "");
    return new Found(entry, own ? Place.ARCHIVE : spooled ? Place.SPOOL : Place.NOWHERE);
  }

  private long copy(InputStream content, OutputStream out) throws IOException {
    long lines = 0;
    for (int got = content.read(buffer); got >= 0; got = content.read(buffer)) {
      out.write(buffer, 0, got);
      for (int i = 0; i < got; i++) {
        if (buffer[i] == '\n') {
          lines++;
        }
      }
    }
    return lines;
  }

  /// The path of a name as users' tools write it, which may start with `./`.
  private static Optional<EntryPath> path(String name) {
    var path = name;
    while (path.startsWith("./")) {
      path = path.substring(2);
    }
    try {
      return Optional.of(new EntryPath(path));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }
}

package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.GzipMember;
import dev.diagbundle.bundle.archive.IndexPointer;
import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.archive.TarHeader;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.PackedList;
import dev.diagbundle.bundle.manifest.PackedRecords;
import dev.diagbundle.model.EntryPath;

/// The writer of the archive: its members, folders and content. The writer's lock guards it.
final class ArchiveWriter implements Closeable {
  private final RandomAccessFile file;
  private final String rootFolder;
  private final long maxBytes;
  private final Budget budget;
  private final PathCounts folders = new PathCounts();
  private final PackedList.Builder<Entry> entries = new PackedList.Builder<>(PackedRecords.ENTRY);
  private final List<Entry> closing = new ArrayList<>();
  private long position;
  private Optional<IOException> failure = Optional.empty();

  ArchiveWriter(RandomAccessFile file, String rootFolder, WriterOptions options) {
    this.file = file;
    this.rootFolder = rootFolder;
    this.maxBytes = options.maxBytes();
    this.budget = new Budget(options.maxArchiveBytes(), options.reserveBytes());
  }

  String rootFolder() {
    return rootFolder;
  }

  /// The entries of the manifest, so far.
  List<Entry> entries() {
    return entries.list();
  }

  /// The manifest's own entry and what came after it.
  List<Entry> closing() {
    return List.copyOf(closing);
  }

  long roomForItems() {
    return budget.room(Budget.Share.ITEM, position);
  }

  OverBudgetException overBudget(EntryPath path) {
    return new OverBudgetException(path, maxBytes);
  }

  /// Appends one entry, whose offset is not known yet. It is in the archive completely or not at
  /// all, or the archive is permanently broken: if the disk is full, the part that was written is
  /// removed, and smaller entries may still fit.
  ///
  /// @return the entry with its offset
  Entry append(Budget.Share share, Entry draft, Member content) throws IOException {
    var newFolders = newFolders(draft.path());
    var headers = headers(newFolders, draft);
    var entry = draft.at(draft.path(), position + headers.length);
    if (!budget.admits(share, position, headers.length + draft.compressedBytes(), entry)) {
      throw overBudget(draft.path());
    }
    appendWhole(
        draft.path().value(),
        () -> {
          append(headers, 0, headers.length);
          content.copyTo(this::append);
        });
    newFolders.forEach(folder -> folders.add(folder, 1));
    budget.add(share, entry);
    switch (share) {
      case ITEM, RUN -> entries.add(entry);
      case MANIFEST, REPORT, CHECKSUMS -> closing.add(entry);
    }
    return entry;
  }

  /// Appends the end blocks and the index pointer, and waits until the disk has everything.
  void end() throws IOException {
    var manifest = closing.getFirst();
    var endBlocks = GzipMember.of(new byte[TarHeader.END_BYTES]);
    var trailer =
        new IndexPointer(manifest.offset(), manifest.compressedBytes(), manifest.bytes()).encode();
    appendWhole(
        "the end",
        () -> {
          append(endBlocks, 0, endBlocks.length);
          append(trailer, 0, trailer.length);
          file.getFD().sync();
        });
  }

  @Override
  public void close() throws IOException {
    failure = Optional.of(new IOException("the archive is closed"));
    file.close();
  }

  /// Hands over a content member.
  interface Member {
    void copyTo(Spool.Sink sink) throws IOException;
  }

  /// The size of the archive in bytes.
  long position() {
    return position;
  }

  private interface Writing {
    void run() throws IOException;
  }

  /// After a failed write that cannot be undone, the end of the archive is unknown: every later
  /// call fails with that failure.
  private void appendWhole(String what, Writing writing) throws StorageException {
    long start = position;
    try {
      if (failure.isPresent()) {
        throw failure.get();
      }
      writing.run();
    } catch (IOException e) {
      if (failure.isEmpty() && !undone(start)) {
        failure = Optional.of(e);
      }
      throw new StorageException("cannot write '" + what + "': " + e.getMessage(), e);
    }
  }

  private boolean undone(long start) {
    try {
      file.setLength(start);
      file.seek(start);
      position = start;
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private void append(byte[] bytes, int from, int count) throws IOException {
    file.write(bytes, from, count);
    position += count;
  }

  /// The folders above the path that are not in the archive yet, as tar names them, parents first.
  private List<String> newFolders(EntryPath path) {
    var missing = new ArrayList<String>();
    missing.add(rootFolder + "/");
    for (String folder : PathClaims.foldersOf(path.value())) {
      missing.add(rootFolder + "/" + folder + "/");
    }
    missing.removeIf(folders::has);
    return missing;
  }

  /// The members before the content: one for each folder that is new, one for the file.
  private byte[] headers(List<String> newFolders, Entry entry) {
    var members = new ByteArrayOutputStream();
    for (String folder : newFolders) {
      members.writeBytes(GzipMember.of(TarHeader.ofFolder(folder, entry.modified())));
    }
    var name = rootFolder + "/" + entry.path();
    members.writeBytes(GzipMember.of(TarHeader.ofFile(name, entry.bytes(), entry.modified())));
    return members.toByteArray();
  }
}

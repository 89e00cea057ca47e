package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.FileOpener;
import dev.diagbundle.bundle.archive.Spool;
import dev.diagbundle.bundle.archive.SpoolFolder;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.BundleReader;
import dev.diagbundle.bundle.truncate.StampSpan;
import dev.diagbundle.bundle.truncate.Truncation;
import dev.diagbundle.bundle.truncate.TruncationMarker;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import org.jspecify.annotations.Nullable;

/// The writer of one bundle: any number of entries from any number of threads, then [#seal], the
/// report, and [#finish]. Until then the archive has the name `<target>.partial`; its finished
/// members unpack with `tar` at any time. Closing before the end removes it, so the caller that
/// creates a writer closes it.
///
/// The format is described in `doc/bundle-format.md`. The interrupt of a thread that is writing
/// neither closes the archive nor leaves half an entry in it.
public final class BundleWriter implements Closeable {
  private final ReentrantLock lock = new ReentrantLock();
  private final TargetFile place;
  private final FileOpener opener;
  private final SpoolFolder spools;
  private final ArchiveWriter archive;
  private final DeferredEntries waiting;
  private final DiskReserve reserve = new DiskReserve();
  private final PathClaims paths = new PathClaims();
  private WriterState state = WriterState.OPEN;
  private @Nullable BundleReader contents;
  private volatile long roomForItems;

  private BundleWriter(
      TargetFile place, SpoolFolder spools, ArchiveWriter archive, WriterOptions options) {
    this.place = place;
    this.opener = options.opener();
    this.spools = spools;
    this.archive = archive;
    this.waiting = new DeferredEntries(spools, archive, options.maxArchiveBytes());
    this.roomForItems = archive.roomForItems();
    paths.claim(BundleLayout.MANIFEST);
    paths.claim(BundleLayout.REPORT);
    paths.claim(BundleLayout.CHECKSUMS);
  }

  /// Starts a bundle. If it fails, it leaves no files.
  ///
  /// @param target the final name; a file of that name is replaced at the end
  /// @param rootFolder the one folder at the top of the archive
  /// @throws DiagbundleException if the target cannot be written
  public static BundleWriter create(Path target, String rootFolder, WriterOptions options)
      throws DiagbundleException {
    if (!BundleLayout.isFolderName(rootFolder)) {
      throw new IllegalArgumentException("unsafe root folder: " + rootFolder);
    }
    var place = TargetFile.of(target, options);
    try {
      var spools = new SpoolFolder(options.spoolParent().orElse(place.folder()), options.opener());
      try {
        place.create();
        var file = options.opener().open(place.partial());
        return new BundleWriter(
            place, spools, new ArchiveWriter(file, rootFolder, options), options);
      } catch (IOException e) {
        try (spools) {
          place.delete();
        }
        throw e;
      }
    } catch (IOException e) {
      throw place.refused(e);
    }
  }

  /// Starts an entry. Nothing of it is in the archive before [EntryWriter#commit].
  ///
  /// @param item id of the [Item] it belongs to; empty for files of the run itself, which may use
  ///   half of the reserve
  /// @param modified kept as whole seconds
  /// @throws IllegalStateException if the path is taken, or the bundle is sealed
  public EntryWriter open(EntryPath path, String item, Instant modified) throws IOException {
    claim(path);
    return begin(EntrySpec.of(path, item, modified, Optional.empty()));
  }

  /// Starts an entry of an item that may be displaced by others, if the bundle is too small for
  /// all: if space is scarce, the committed entry is deferred until [#settle].
  ///
  /// @param item id of the [Item] it belongs to
  /// @param precedence before others
  public EntryWriter open(EntryPath path, String item, Instant modified, Priority precedence)
      throws IOException {
    return open(path, item, modified, precedence, Long.MAX_VALUE);
  }

  /// As the other method, with a limit.
  ///
  /// @param maxBytes maximum size of the entry if it is a log: of a longer one, the newest lines
  ///   and those around its first and its newest error are kept. Other entries are not limited
  ///   here.
  public EntryWriter open(
      EntryPath path, String item, Instant modified, Priority precedence, long maxBytes)
      throws IOException {
    claim(path);
    return begin(EntrySpec.of(path, item, modified, Optional.of(precedence)).limited(maxBytes));
  }

  /// Keeps some space of the disk for the end of the bundle, until [#settle]: if the disk becomes
  /// full, the bundle can be completed with what it has.
  public void reserve() throws IOException {
    reserve.open(spools);
  }

  /// Settles the deferred entries: the more important ones that fit go into the archive, truncated
  /// if necessary. To be called before [#seal], when no entry is open any more.
  ///
  /// @return the omitted data, an element for each entry
  public List<Truncation> settle() throws IOException {
    lock.lock();
    try {
      WriterState.OPEN.require(state);
      reserve.close();
      return waiting.settle();
    } finally {
      lock.unlock();
    }
  }

  /// The bundle as it would be if it were sealed now, to read from while entries are still added;
  /// it has no `manifest.json`. The caller closes it.
  public Bundle provisional(Manifest.Run run, List<Item> items) throws IOException {
    var entries = advance(WriterState.OPEN, WriterState.OPEN);
    return BundleReader.of(place.partial(), new Manifest(run, items, entries), "");
  }

  /// Adds an entry of another bundle, its compressed bytes as they are. Its content is checked on
  /// the way; if it is damaged, nothing is added.
  ///
  /// @param member as from [Bundle#member]
  /// @throws StorageException if the disk fails; every other failure is of the other bundle
  public Entry copy(EntryPath path, String item, Entry from, InputStream member)
      throws IOException {
    claim(path);
    return MemberCopy.append(this, new Spool(spools), path, item, from, member);
  }

  /// Writes `manifest.json`. No entry can be opened or committed any more; one that is still open
  /// is left out.
  ///
  /// @return the contents of the bundle, for the report; the writer closes it
  /// @throws OverBudgetException if the items do not fit; it may be called again with shorter ones
  /// @throws StorageException if the disk fails
  public BundleContents seal(Manifest.Run run, List<Item> items) throws IOException {
    if (!run.rootFolder().equals(archive.rootFolder())) {
      throw new IllegalArgumentException("not this root folder: " + run.rootFolder());
    }
    if (!waiting.isEmpty()) {
      throw new IllegalStateException("entries still wait");
    }
    var manifest = new Manifest(run, items, advance(WriterState.OPEN, WriterState.SEALING));
    var opening = EntrySpec.closing(Budget.Share.MANIFEST, BundleLayout.MANIFEST, run.finished());
    try (var out = begin(opening)) {
      ManifestJson.write(manifest, out);
      var entry = out.commit();
      contents = BundleReader.of(place.partial(), manifest, entry.sha256());
    } catch (OverBudgetException e) {
      advance(WriterState.SEALING, WriterState.OPEN);
      throw e;
    }
    advance(WriterState.SEALING, WriterState.SEALED);
    return contents;
  }

  /// Writes a file's content. It does not close the stream.
  @FunctionalInterface
  public interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /// Writes `index.html`, after [#seal].
  ///
  /// @throws OverBudgetException if it does not fit; the bundle can be finished without it
  public void addReport(Content report) throws IOException {
    write(Budget.Share.REPORT, BundleLayout.REPORT, report);
  }

  /// Writes the checksums, checks that the bundle can be opened, waits until the disk has it,
  /// encrypts it if requested, and renames it to its final name.
  ///
  /// @return the target, or the parts that it was split into
  /// @throws IOException if the disk fails; there is no file under the final name then
  public List<Path> finish() throws IOException {
    write(
        Budget.Share.CHECKSUMS,
        BundleLayout.CHECKSUMS,
        out -> {
          Checksums.write(archive.entries(), out);
          Checksums.write(archive.closing(), out);
        });
    lock.lock();
    try {
      archive.end();
      place.check(archive.closing());
      freeResources();
      var files = place.publish(opener);
      state = WriterState.FINISHED;
      return files;
    } finally {
      lock.unlock();
    }
  }

  /// Removes everything unless the bundle is finished. May be called again.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (state == WriterState.FINISHED || state == WriterState.CLOSED) {
        return;
      }
      state = WriterState.CLOSED;
      try {
        freeResources();
      } finally {
        place.delete();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Appends one entry, whose offset is not known yet, or defers it. It is in the archive
  /// completely or not at all, or the bundle is permanently broken.
  ///
  /// @param notes markers of parts omitted because of its own limit
  Entry append(
      EntrySpec opening,
      Entry draft,
      Spool spool,
      StampSpan.Found span,
      List<TruncationMarker> notes)
      throws IOException {
    lock.lock();
    try {
      WriterState.of(opening.share()).require(state);
      var precedence = opening.precedence();
      if (precedence.isPresent() && waiting.takes(precedence.get(), draft)) {
        waiting.add(precedence.get(), draft, spool, span, notes);
        return draft;
      }
      var entry = archive.append(opening.share(), draft, spool::copyTo);
      precedence.ifPresent(one -> waiting.passed(one, entry));
      roomForItems = archive.roomForItems();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  private void claim(EntryPath path) {
    lock.lock();
    try {
      WriterState.OPEN.require(state);
      paths.claim(path);
    } finally {
      lock.unlock();
    }
  }

  /// Gives the path of an entry that was not committed free again.
  void release(EntryPath path) {
    lock.lock();
    try {
      if (state == WriterState.OPEN) {
        paths.release(path);
      }
    } finally {
      lock.unlock();
    }
  }

  long roomForItems() {
    return roomForItems;
  }

  OverBudgetException overBudget(EntryPath path) {
    return archive.overBudget(path);
  }

  private EntryWriter begin(EntrySpec opening) throws IOException {
    return new EntryWriter(this, opening, spools, new CompressedContent(spools, opening.isLog()));
  }

  private void write(Budget.Share share, EntryPath path, Content content) throws IOException {
    advance(WriterState.SEALED, WriterState.SEALED);
    var time = archive.closing().getFirst().modified();
    try (var out = begin(EntrySpec.closing(share, path, time))) {
      content.writeTo(out);
      out.commit();
    }
  }

  private void freeResources() throws IOException {
    try (spools;
        archive;
        waiting;
        reserve) {
      if (contents != null) {
        contents.close();
      }
    }
  }

  /// Goes from one state to the next; the entries are those committed by then.
  private List<Entry> advance(WriterState from, WriterState to) {
    lock.lock();
    try {
      from.require(state);
      state = to;
      return archive.entries();
    } finally {
      lock.unlock();
    }
  }
}

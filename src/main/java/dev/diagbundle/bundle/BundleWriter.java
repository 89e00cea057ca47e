package dev.diagbundle.bundle;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Writes one bundle: any number of entries from any number of threads, then [#seal], the report,
/// and [#finish]. Until then the archive has the name `<target>.partial`; its finished members
/// unpack with `tar` at any time. Closing before the end removes it, so who creates a writer closes
/// it.
///
/// The format is described in `doc/bundle-format.md`. The interrupt of a thread that is writing
/// neither closes the archive nor leaves half an entry in it.
public final class BundleWriter implements Closeable {
  private enum State {
    OPEN,
    SEALING,
    SEALED,
    FINISHED,
    CLOSED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final TargetFile place;
  private final FileOpener opener;
  private final SpoolFolder spools;
  private final Archive archive;
  private final PathClaims paths = new PathClaims();
  private State state = State.OPEN;
  private @Nullable BundleReader contents;
  private volatile long roomForItems;

  private BundleWriter(TargetFile place, SpoolFolder spools, Archive archive, FileOpener opener) {
    this.place = place;
    this.opener = opener;
    this.spools = spools;
    this.archive = archive;
    this.roomForItems = archive.roomForItems();
    paths.claim(BundleLayout.MANIFEST);
    paths.claim(BundleLayout.REPORT);
    paths.claim(BundleLayout.CHECKSUMS);
  }

  /// Begins a bundle. If it cannot, it leaves nothing behind.
  ///
  /// @param target the final name; a file of that name is replaced at the end
  /// @param rootFolder the one folder at the top of the archive
  /// @throws DiagbundleException if the target cannot be written
  public static BundleWriter create(Path target, String rootFolder, WriterOptions options)
      throws DiagbundleException {
    if (!BundleLayout.isFolderName(rootFolder)) {
      throw new IllegalArgumentException("unsafe root folder: " + rootFolder);
    }
    var place = TargetFile.of(target, options.recipients());
    try {
      var spools = new SpoolFolder(options.spoolParent().orElse(place.folder()), options.opener());
      try {
        place.create();
        var file = options.opener().open(place.partial());
        return new BundleWriter(
            place, spools, new Archive(file, rootFolder, options), options.opener());
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

  /// Begins an entry. Nothing of it is in the archive before [EntryWriter#commit].
  ///
  /// @param item id of the [Item] it belongs to; empty for files of the run itself, which may use
  ///   half of the reserve
  /// @param modified kept as whole seconds
  /// @throws IllegalStateException if the path is taken, or the bundle is sealed
  public EntryWriter open(EntryPath path, String item, Instant modified) throws IOException {
    var share = item.isEmpty() ? Budget.Share.RUN : Budget.Share.ITEM;
    claim(path);
    return entry(share, path, item, modified);
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
  /// @return what the bundle holds now, for the report; the writer closes it
  /// @throws OverBudgetException if the items do not fit; it may be called again with shorter ones
  /// @throws StorageException if the disk fails
  public BundleContents seal(Manifest.Run run, List<Item> items) throws IOException {
    if (!run.rootFolder().equals(archive.rootFolder())) {
      throw new IllegalArgumentException("not this root folder: " + run.rootFolder());
    }
    var manifest = new Manifest(run, items, advance(State.OPEN, State.SEALING));
    try (var out = entry(Budget.Share.MANIFEST, BundleLayout.MANIFEST, "", run.finished())) {
      ManifestJson.write(manifest, out);
      var entry = out.commit();
      contents =
          new BundleReader(
              new BundleFile(place.partial()), manifest, entry.sha256(), ClosingFiles.NONE);
    } catch (OverBudgetException e) {
      advance(State.SEALING, State.OPEN);
      throw e;
    }
    advance(State.SEALING, State.SEALED);
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
    try (var out = closing(Budget.Share.REPORT, BundleLayout.REPORT)) {
      report.writeTo(out);
      out.commit();
    }
  }

  /// Writes the checksums, checks that the bundle can be opened, waits until the disk has it,
  /// encrypts it if that was asked for, and gives it its name.
  ///
  /// @return the target
  /// @throws IOException if the disk fails; there is no file under the final name then
  public Path finish() throws IOException {
    try (var out = closing(Budget.Share.CHECKSUMS, BundleLayout.CHECKSUMS)) {
      var files = new ArrayList<>(archive.entries());
      files.addAll(archive.closing());
      Checksums.write(files, out);
      out.commit();
    }
    lock.lock();
    try {
      archive.end();
      check();
      freeResources();
      place.publish(opener);
      state = State.FINISHED;
    } finally {
      lock.unlock();
    }
    return place.target();
  }

  /// Removes everything unless the bundle is finished. May be called again.
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (state == State.FINISHED || state == State.CLOSED) {
        return;
      }
      state = State.CLOSED;
      try {
        freeResources();
      } finally {
        place.delete();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Appends one entry, whose offset is not known yet. It is in the archive wholly or not at all,
  /// or the bundle is broken for good.
  Entry append(Budget.Share share, Entry draft, Spool spool) throws IOException {
    lock.lock();
    try {
      require(stateFor(share));
      var entry = archive.append(share, draft, spool);
      roomForItems = archive.roomForItems();
      return entry;
    } finally {
      lock.unlock();
    }
  }

  private void claim(EntryPath path) {
    lock.lock();
    try {
      require(State.OPEN);
      paths.claim(path);
    } finally {
      lock.unlock();
    }
  }

  /// Gives the path of an entry that was not committed free again.
  void release(EntryPath path) {
    lock.lock();
    try {
      if (state == State.OPEN) {
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

  private EntryWriter entry(Budget.Share share, EntryPath path, String item, Instant modified)
      throws IOException {
    var storable = TarHeader.storable(modified);
    return new EntryWriter(this, share, path, item, storable, new Spool(spools));
  }

  private EntryWriter closing(Budget.Share share, EntryPath path) throws IOException {
    lock.lock();
    try {
      require(State.SEALED);
      return entry(share, path, "", archive.closing().getFirst().modified());
    } finally {
      lock.unlock();
    }
  }

  private void check() throws IOException {
    try (var reader = BundleReader.open(place.partial())) {
      if (!reader.manifestSha256().equals(archive.closing().getFirst().sha256())) {
        throw new IOException("the disk gave back another manifest");
      }
    } catch (DiagbundleException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void freeResources() throws IOException {
    try (spools;
        archive) {
      if (contents != null) {
        contents.close();
      }
    }
  }

  /// Goes from one state to the next; the entries are those committed by then.
  private List<Entry> advance(State from, State to) {
    lock.lock();
    try {
      require(from);
      state = to;
      return archive.entries();
    } finally {
      lock.unlock();
    }
  }

  private void require(State required) {
    if (state != required) {
      throw new IllegalStateException("the bundle is " + state + ", not " + required);
    }
  }

  private static State stateFor(Budget.Share share) {
    return switch (share) {
      case ITEM, RUN -> State.OPEN;
      case MANIFEST -> State.SEALING;
      case REPORT, CHECKSUMS -> State.SEALED;
    };
  }
}

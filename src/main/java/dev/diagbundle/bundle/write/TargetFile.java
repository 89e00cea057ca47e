package dev.diagbundle.bundle.write;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.FileOpener;
import dev.diagbundle.bundle.archive.PartFiles;
import dev.diagbundle.bundle.archive.PrivateFiles;
import dev.diagbundle.bundle.archive.RandomAccessOutputStream;
import dev.diagbundle.bundle.archive.Recipients;
import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The target of a bundle: its final name, and its temporary names until it is complete.
///
/// @param target the final name, absolute
/// @param partial the name of the archive until then
/// @param recipients of its encryption under its final name
/// @param parts that it is split into; none if it is to be one file
record TargetFile(
    Path target, Path partial, Optional<Recipients> recipients, Optional<PartFiles> parts) {
  /// The target, if a bundle can be written there.
  ///
  /// @throws DiagbundleException if it cannot
  static TargetFile of(Path path, WriterOptions options) throws DiagbundleException {
    var recipients = options.recipients();
    var target = path.toAbsolutePath().normalize();
    var name = target.getFileName();
    if (name == null || Files.isDirectory(target)) {
      throw new DiagbundleException(Problem.usage(refusal(path) + "it is a folder"));
    }
    var place =
        new TargetFile(
            target,
            target.resolveSibling(name + (recipients.isPresent() ? ".plain" : "") + ".partial"),
            recipients,
            options.partBytes().stream().mapToObj(b -> new PartFiles(target, b)).findFirst());
    var folder = place.folder();
    var folderName = "the folder '" + Printable.line(folder.toString()) + "'";
    if (!Files.exists(folder)) {
      throw new DiagbundleException(Problem.usage(refusal(path) + folderName + " does not exist"));
    }
    if (!Files.isDirectory(folder)) {
      var what = "'" + Printable.line(folder.toString()) + "' is not a folder";
      throw new DiagbundleException(Problem.usage(refusal(path) + what));
    }
    if (!Files.isWritable(folder)) {
      throw new DiagbundleException(Problem.usage(refusal(path) + folderName + " is not writable"));
    }
    return place;
  }

  Path folder() {
    var folder = target.getParent();
    return folder == null ? target : folder;
  }

  /// The error for a failure of the disk.
  DiagbundleException refused(IOException cause) {
    var reason =
        cause instanceof FileSystemException e && e.getReason() != null
            ? e.getReason()
            : cause instanceof NoSuchFileException
                ? "the folder takes no files"
                : cause.getMessage();
    var message = refusal(target) + Printable.line(String.valueOf(reason));
    return new DiagbundleException(Problem.failure(message), cause);
  }

  /// Creates the file under its first name, in place of one that a killed run has left.
  void create() throws IOException {
    Files.deleteIfExists(partial);
    PrivateFiles.createFile(partial);
  }

  /// Reads the end of the archive back. The manifest need not be parsed: its bytes are equal to
  /// those written.
  ///
  /// @param closing its last entries, the manifest first
  /// @throws IOException if the disk gave back anything else
  void check(List<Entry> closing) throws IOException {
    try (var file = new BundleFile(partial)) {
      BundleEnd.check(file, closing);
    }
  }

  /// Gives the file its final name, in one step; a file of that name is replaced. If it is
  /// encrypted, the plaintext is removed; if it is split, its parts get their names.
  ///
  /// @return the file, or its parts
  List<Path> publish(FileOpener opener) throws IOException {
    var files = recipients.isEmpty() ? name(partial, opener) : encrypted(recipients.get(), opener);
    Files.deleteIfExists(partial);
    syncFolder();
    return files;
  }

  private List<Path> name(Path whole, FileOpener opener) throws IOException {
    if (parts.isPresent()) {
      return parts.get().write(whole, opener);
    }
    Files.move(whole, target, StandardCopyOption.ATOMIC_MOVE);
    return List.of(target);
  }

  private List<Path> encrypted(Recipients readers, FileOpener opener) throws IOException {
    var draft = target.resolveSibling(target.getFileName() + ".partial");
    Files.deleteIfExists(draft);
    PrivateFiles.createFile(draft);
    try {
      try (var plain = new BundleFile(partial);
          var file = opener.open(draft)) {
        readers.encrypt(plain.part(0, plain.length()), new RandomAccessOutputStream(file));
        file.getFD().sync();
      }
      return name(draft, opener);
    } catch (StorageException e) {
      throw e;
    } catch (IOException e) {
      throw new StorageException("cannot encrypt: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(partial);
  }

  private void syncFolder() {
    // An interrupt that is pending would end the sync.
    boolean interrupted = Thread.interrupted();
    try (var channel = FileChannel.open(folder(), StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException _) {
      // The bundle is whole and has its name. Some systems cannot sync a folder at all, and where
      // one could not, a power cut may at worst undo the renaming.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static String refusal(Path path) {
    return "cannot write '" + Printable.line(path.toString()) + "': ";
  }
}

package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.archive.BundleFile;
import dev.diagbundle.bundle.archive.ContentSpool;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Checksums;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.ManifestJson;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Printable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A verifier of everything that a bundle states about its own content: the archive is read from
/// start to end as `tar` would read it, and each file is compared with the manifest, the index and
/// `SHA256SUMS`. It detects damage and mistakes; a forged bundle can have forged checksums too.
public final class BundleVerifier {
  private static final Set<EntryPath> UNLISTED =
      Set.of(BundleLayout.MANIFEST, BundleLayout.REPORT, BundleLayout.CHECKSUMS);

  /// The result of a verification.
  ///
  /// @param files number of checked files
  /// @param bytes their size
  /// @param form container of the bundle
  /// @param lie the first false statement of the bundle; empty if there is none
  public record Verdict(int files, long bytes, Bundle.Form form, Optional<String> lie) {}

  private BundleVerifier() {}

  /// Checks a bundle.
  ///
  /// @throws DiagbundleException if it is no bundle at all
  /// @throws IOException if the disk fails
  public static Verdict verify(BundleSource source) throws IOException, DiagbundleException {
    if (source.folder().isPresent()) {
      return verifyFolder(source);
    }
    if (source.stream().isPresent()) {
      return verifyAnew(source);
    }
    try (var file = new BundleFile(source.files())) {
      if (BundleReader.trailer(file).isEmpty()) {
        return verifyAnew(source);
      }
      return verifyIndexed(source, file);
    }
  }

  private static Verdict verifyIndexed(BundleSource source, BundleFile file)
      throws IOException, DiagbundleException {
    Map<EntryPath, Entry> files = new HashMap<>();
    try (var spool = ContentSpool.temporary();
        var reader = BundleReader.open(file, source.name())) {
      Map<EntryPath, Entry> promised = new HashMap<>();
      reader.files().forEach(entry -> promised.put(entry.path(), entry));
      var root = reader.manifest().run().rootFolder();
      var scan =
          new ArchiveScan(
              _ -> false,
              spool,
              found -> {
                var path = below(root, found.path());
                requireSame(promised.get(path), found);
                files.put(path, found);
              });
      var result = source.scan(file.part(0, file.length()), true, scan);
      requireWhole(result);
      requireAll(reader.manifest(), files);
      requireChecksums(reader, files);
      return verdict(files, Bundle.Form.INDEXED, Optional.empty());
    } catch (VerificationException e) {
      return verdict(files, Bundle.Form.INDEXED, Optional.of(e.sentence()));
    } catch (DiagbundleException e) {
      return verdict(files, Bundle.Form.INDEXED, Optional.of(e.problems().getFirst().message()));
    }
  }

  /// The pass that opens it has computed every checksum.
  private static Verdict verifyAnew(BundleSource source) throws IOException, DiagbundleException {
    Map<EntryPath, Entry> files = new HashMap<>();
    try (var bundle = source.open(BundleLayout.CHECKSUMS::equals)) {
      bundle.files().forEach(file -> files.put(file.path(), file));
      var notices = bundle.notices();
      if (!notices.isEmpty()) {
        return verdict(files, bundle.form(), Optional.of(notices.getFirst()));
      }
      return checked(bundle, files);
    }
  }

  private static Verdict verifyFolder(BundleSource source) throws IOException, DiagbundleException {
    Map<EntryPath, Entry> files = new HashMap<>();
    try (var bundle = source.open(_ -> true)) {
      var notices = bundle.notices();
      if (!notices.isEmpty()) {
        return verdict(files, bundle.form(), Optional.of(notices.getFirst()));
      }
      for (Entry file : bundle.files()) {
        files.put(file.path(), hashed(bundle, file));
      }
      return checked(bundle, files);
    }
  }

  private static Verdict checked(Bundle bundle, Map<EntryPath, Entry> files) throws IOException {
    try (var in = bundle.open(bundle.find(BundleLayout.MANIFEST).orElseThrow())) {
      var manifest = ManifestJson.read(in);
      requireAll(manifest, files);
      for (Entry said : manifest.entries()) {
        requireSameContent(said, Objects.requireNonNull(files.get(said.path())));
      }
      var listed = new HashMap<EntryPath, Entry>();
      manifest.entries().forEach(entry -> listed.put(entry.path(), entry));
      for (EntryPath path : files.keySet()) {
        require(listed.containsKey(path) || UNLISTED.contains(path), path, "is not listed");
      }
      requireChecksums(bundle, files);
      return verdict(files, bundle.form(), Optional.empty());
    } catch (VerificationException e) {
      return verdict(files, bundle.form(), Optional.of(e.sentence()));
    }
  }

  private static void requireSame(@Nullable Entry said, Entry found) throws VerificationException {
    if (said == null) {
      throw new VerificationException("'" + found.path() + "' is not listed in manifest.json");
    }
    requireSameContent(said, found);
    boolean samePlace =
        found.bytes() == 0
            || (said.offset() == found.offset()
                && said.compressedBytes() == found.compressedBytes());
    require(samePlace, said.path(), "does not stand where the index says");
  }

  private static void requireSameContent(Entry said, Entry found) throws VerificationException {
    require(
        said.bytes() == found.bytes(),
        said.path(),
        "has " + found.bytes() + " bytes, not " + said.bytes());
    require(said.sha256().equals(found.sha256()), said.path(), "has another checksum (SHA-256)");
    require(
        UNLISTED.contains(said.path()) || said.lines() == found.lines(),
        said.path(),
        "has " + found.lines() + " lines, not " + said.lines());
  }

  private static void requireWhole(ArchiveScan.Result scan) throws VerificationException {
    if (scan.damage().isPresent()) {
      throw new VerificationException(Printable.line(scan.damage().get(), 200));
    }
    if (!scan.oddities().isEmpty()) {
      throw new VerificationException(scan.oddities().getFirst());
    }
  }

  private static void requireAll(Manifest manifest, Map<EntryPath, Entry> files)
      throws VerificationException {
    for (Entry entry : manifest.entries()) {
      require(files.containsKey(entry.path()), entry.path(), "is missing");
    }
    for (EntryPath path : List.of(BundleLayout.MANIFEST, BundleLayout.CHECKSUMS)) {
      require(files.containsKey(path), path, "is missing");
    }
  }

  private static void requireChecksums(Bundle bundle, Map<EntryPath, Entry> files)
      throws IOException {
    int listed = 0;
    try (InputStream in = bundle.open(bundle.find(BundleLayout.CHECKSUMS).orElseThrow());
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.length() < 67 || !line.startsWith("  ", 64)) {
          throw new VerificationException("SHA256SUMS has a line that is none");
        }
        var path = line.substring(66);
        var file = path(path).map(files::get);
        if (file.isEmpty() || !line.startsWith(file.get().sha256())) {
          throw new VerificationException(
              "'" + Printable.line(path, 200) + "' is not as SHA256SUMS says");
        }
        listed++;
      }
    }
    if (listed != files.size() - 1) {
      throw new VerificationException("SHA256SUMS does not list every file once");
    }
  }

  private static Entry hashed(Bundle bundle, Entry file) throws IOException {
    var digest = Checksums.newDigest();
    long bytes = 0;
    long lines = 0;
    try (var in = bundle.open(file)) {
      var buffer = new byte[64 * 1024];
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
        bytes += got;
        for (int i = 0; i < got; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    return new Entry(
        file.path(),
        bytes,
        HexFormat.of().formatHex(digest.digest()),
        0,
        0,
        lines,
        file.modified(),
        file.item());
  }

  private static EntryPath below(String root, EntryPath path) throws VerificationException {
    require(path.value().startsWith(root + "/"), path, "is outside of the folder " + root);
    return RootFolder.below(root, path);
  }

  private static Optional<EntryPath> path(String text) {
    try {
      return Optional.of(new EntryPath(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static void require(boolean condition, EntryPath path, String how)
      throws VerificationException {
    if (!condition) {
      throw new VerificationException("'" + path + "' " + how);
    }
  }

  private static Verdict verdict(
      Map<EntryPath, Entry> files, Bundle.Form form, Optional<String> lie) {
    long bytes = files.values().stream().mapToLong(Entry::bytes).sum();
    return new Verdict(files.size(), bytes, form, lie);
  }
}

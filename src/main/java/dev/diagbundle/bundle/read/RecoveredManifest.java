package dev.diagbundle.bundle.read;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.TimeWindow;
import java.util.regex.Pattern;

/// The manifest of a bundle without an index: the run and items of its own manifest, and the files
/// that were actually found.
final class RecoveredManifest {
  private static final Pattern FOLDER = Pattern.compile("diagbundle-(.*)-(\\d{8}T\\d{6})Z");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);
  private static final Set<EntryPath> CLOSING =
      Set.of(BundleLayout.MANIFEST, BundleLayout.REPORT, BundleLayout.CHECKSUMS);

  private RecoveredManifest() {}

  /// The files, each with its item from the manifest. If a found file has no checksum, that of the
  /// manifest is used if the size is the same.
  static List<Entry> withItems(List<Entry> found, Optional<Manifest> own) {
    var known = new HashMap<EntryPath, Entry>();
    own.ifPresent(manifest -> manifest.entries().forEach(entry -> known.put(entry.path(), entry)));
    var files = new ArrayList<Entry>(found.size());
    for (Entry entry : found) {
      var said = known.get(entry.path());
      files.add(said == null ? entry : joined(entry, said));
    }
    return files;
  }

  /// The result of [Bundle#manifest].
  ///
  /// @param files as from [#withItems]
  /// @param rootFolder the name of the folder that the files lay in; may be empty
  static Manifest of(List<Entry> files, Optional<Manifest> own, String rootFolder) {
    var entries = files.stream().filter(entry -> !CLOSING.contains(entry.path())).toList();
    return own.map(manifest -> new Manifest(manifest.run(), manifest.items(), entries))
        .orElseGet(() -> new Manifest(unknownRun(entries, rootFolder), List.of(), entries));
  }

  /// The differences between the manifest and the files.
  static List<String> notices(List<Entry> files, Optional<Manifest> own) {
    if (own.isEmpty()) {
      return List.of("there is no manifest.json: what was asked for is not known");
    }
    var found = new HashMap<EntryPath, Entry>();
    files.forEach(file -> found.put(file.path(), file));
    var missing =
        own.get().entries().stream().filter(entry -> !found.containsKey(entry.path())).toList();
    if (missing.isEmpty()) {
      return List.of();
    }
    var first = "'" + missing.getFirst().path() + "'";
    return List.of(
        missing.size() == 1
            ? first + " is missing, which manifest.json lists"
            : first
                + " and "
                + (missing.size() - 1)
                + " more are missing, which manifest.json lists");
  }

  private static Entry joined(Entry found, Entry said) {
    boolean unread = found.sha256().isEmpty() && found.bytes() == said.bytes();
    return new Entry(
        found.path(),
        found.bytes(),
        unread ? said.sha256() : found.sha256(),
        found.offset(),
        found.compressedBytes(),
        unread ? said.lines() : found.lines(),
        found.modified(),
        said.item(),
        said.redactions());
  }

  /// The run of a bundle that a killed run has left: what the folder's name and the files' times
  /// say.
  private static Manifest.Run unknownRun(List<Entry> entries, String rootFolder) {
    var name = FOLDER.matcher(rootFolder);
    boolean named = name.matches();
    var last = entries.stream().map(Entry::modified).max(Instant::compareTo).orElse(Instant.EPOCH);
    var started = named ? time(name.group(2)).orElse(last) : last;
    var finished = last.isAfter(started) ? last : started.plusSeconds(1);
    var window = new TimeWindow(started, finished);
    return new Manifest.Run(
        "unknown",
        "unknown",
        List.of(),
        identity(named ? name.group(1) : "unknown"),
        window,
        started,
        finished,
        Duration.ZERO,
        Optional.of("KILL"),
        rootFolder,
        parts(entries, window));
  }

  /// The clusters of which files were found; none if their files lie at the top.
  private static List<Manifest.Part> parts(List<Entry> entries, TimeWindow window) {
    return entries.stream()
        .map(entry -> BundleLayout.placeOf(entry.path()))
        .filter(place -> !place.equals(ClusterPlace.TOP))
        .distinct()
        .map(place ->
            new Manifest.Part(
                place, identity(place.folder()), window, window.from(), Duration.ZERO, ""))
        .toList();
  }

  private static Manifest.ClusterIdentity identity(String name) {
    return new Manifest.ClusterIdentity(name, "", "", "", "");
  }

  private static Optional<Instant> time(String text) {
    try {
      return Optional.of(TIME.parse(text, Instant::from));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}

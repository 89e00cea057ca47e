package dev.diagbundle.report.collection;

import module java.base;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.manifest.PickedList;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.report.html.Href;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;
import java.util.Collection;

/// The section "Files": the files of the bundle, by folder; folders with gaps first.
///
/// @param total the number of files of the bundle, without the page, the manifest and the checksums
/// @param shown the maximum number of files that the page lists
public record FilesSection(int total, long bytes, String count, int shown, List<Folder> folders) {
  private static final int MAX_FILES = 2_000;
  private static final int MAX_FOLDERS = 300;

  /// The maximum number of folders of each rank, so that many nodes do not displace the rest.
  private static final List<Integer> MAX_OF_RANK = List.of(150, 50, 50, 50, 1);

  /// One folder and the files in and below it.
  ///
  /// @param path the path, with a slash at its end
  record Folder(String id, String path, String files, String size, List<Row> rows) {}

  /// One file. `path` is below the folder.
  record Row(Href href, String path, String size, String received, String lines, String sha256) {}

  public static FilesSection of(BundleFiles files) {
    var entries = files.manifest().entries();
    var folders = new TreeMap<String, Content>();
    long bytes = 0;
    int place = 0;
    for (var entry : entries) {
      folders.computeIfAbsent(folder(entry), _ -> new Content(entries)).add(entry, place++);
      bytes += entry.bytes();
    }
    var shown = new LinkedHashMap<String, List<Entry>>();
    int room = MAX_FILES;
    for (var folder : ordered(folders.keySet(), files.manifest())) {
      if (shown.size() == MAX_FOLDERS || room == 0) {
        break;
      }
      var first = content(folders, folder).first(room);
      room -= first.size();
      shown.put(folder, first);
    }
    var received = received(shown.values(), files);
    var rows = new ArrayList<Folder>();
    shown.forEach((folder, first) -> {
      var content = content(folders, folder);
      rows.add(
          new Folder(
              "D" + (rows.size() + 1),
              folder.isEmpty() ? "top folder" : folder,
              TextFormat.count(content.entries.size(), "file"),
              ByteSize.format(content.bytes),
              first.stream().map(entry -> row(entry, folder, received)).toList()));
    });
    return new FilesSection(
        entries.size(),
        bytes,
        TextFormat.count(entries.size(), "file") + ", " + ByteSize.format(bytes),
        MAX_FILES - room,
        List.copyOf(rows));
  }

  private static Content content(Map<String, Content> folders, String folder) {
    return folders.getOrDefault(folder, new Content(List.of()));
  }

  /// The bytes received for the items of these files, if they differ from the size of the item's
  /// single file.
  private static Map<String, Long> received(Collection<List<Entry>> shown, BundleFiles files) {
    var sizes = new HashMap<String, Long>();
    for (var folder : shown) {
      for (var entry : folder) {
        if (files.entriesOf(entry.item()).size() == 1) {
          sizes.put(entry.item(), entry.bytes());
        }
      }
    }
    var received = new HashMap<String, Long>();
    for (var item : files.manifest().items()) {
      var size = sizes.get(item.id());
      if (size != null && size != item.receivedBytes()) {
        received.put(item.id(), item.receivedBytes());
      }
    }
    return received;
  }

  /// The link to the folder of the entry in the page, if it is listed.
  public Optional<Href> anchor(Entry entry) {
    return anchor(folder(entry));
  }

  public Optional<Href> anchor(String path) {
    return folders.stream()
        .filter(folder -> folder.path.equals(path))
        .findFirst()
        .map(folder -> Href.anchor(folder.id));
  }

  private static Row row(Entry entry, String folder, Map<String, Long> received) {
    var size = received.get(entry.item());
    return new Row(
        Href.entry(entry.path()),
        entry.path().value().substring(folder.length()),
        ByteSize.format(entry.bytes()),
        size == null ? "" : ByteSize.format(size),
        TextFormat.count(entry.lines()),
        entry.sha256());
  }

  /// The folders in order: nodes with gaps, other nodes, container logs, objects and the rest.
  private static List<String> ordered(Set<String> folders, Manifest manifest) {
    var gaps = new HashMap<String, Integer>();
    for (var item : manifest.items()) {
      if (!item.node().isEmpty() && item.outcome().leavesGap()) {
        var place = new ClusterPlace(item.cluster());
        gaps.merge(place.prefix() + "nodes/" + item.node() + "/", 1, Integer::sum);
      }
    }
    var byRank = new TreeMap<Integer, List<String>>();
    for (String folder : folders) {
      byRank.computeIfAbsent(rank(folder, gaps), _ -> new ArrayList<>()).add(folder);
    }
    if (folders.size() > MAX_FOLDERS) {
      byRank.replaceAll((rank, all) -> all.subList(0, Math.min(all.size(), MAX_OF_RANK.get(rank))));
    }
    return byRank.values().stream().flatMap(List::stream).toList();
  }

  private static int rank(String folder, Map<String, Integer> gaps) {
    int at = folder.startsWith("clusters/") ? folder.indexOf('/', "clusters/".length()) + 1 : 0;
    if (at == folder.length()) {
      return 4;
    }
    if (folder.startsWith("nodes/", at)) {
      return gaps.containsKey(folder) ? 0 : 1;
    }
    return folder.startsWith("cluster-resources/pods/logs/", at) ? 2 : 3;
  }

  /// The top folder, and below nodes, logs and clusters the next one or two.
  private static String folder(Entry entry) {
    var segments = entry.path().segments();
    int from = segments.getFirst().equals("clusters") && segments.size() > 2 ? 2 : 0;
    int depth = depth(segments.subList(from, segments.size()));
    var folder = String.join("/", segments.subList(0, from + depth));
    return folder.isEmpty() ? "" : folder + "/";
  }

  private static int depth(List<String> segments) {
    int folders = segments.size() - 1;
    if (segments.getFirst().equals("nodes")) {
      return Math.min(2, folders);
    }
    if (folders >= 4
        && segments.subList(0, 3).equals(List.of("cluster-resources", "pods", "logs"))) {
      return 4;
    }
    return segments.getFirst().equals("cluster-resources")
        ? Math.min(2, folders)
        : Math.min(1, folders);
  }

  /// The files of one folder.
  private static final class Content {
    private final PickedList<Entry> entries;
    private long bytes;

    private Content(List<Entry> all) {
      this.entries = new PickedList<>(all);
    }

    private void add(Entry entry, int place) {
      entries.pick(place);
      bytes += entry.bytes();
    }

    /// The first entries in the order of their paths, at most `most`.
    private List<Entry> first(int most) {
      var first = new TreeMap<EntryPath, Entry>();
      for (Entry entry : entries) {
        first.put(entry.path(), entry);
        if (first.size() > most) {
          first.pollLastEntry();
        }
      }
      return List.copyOf(first.values());
    }
  }
}

package dev.diagbundle.serve;

import module java.base;

/// An emulation of `journalctl` of systemd 252, based on `nodes/<node>/journal/<unit>.log`.
final class LinuxJournal {
  private static final String SUFFIX = ".log";

  private final ClusterData data;

  LinuxJournal(ClusterData data) {
    this.data = data;
  }

  /// The services in the journal, without `.service`.
  List<String> units(NodeData node) {
    var folder = folder(node);
    return data.folder().below(folder).keySet().stream()
        .map(path -> path.substring(folder.length(), path.length() - SUFFIX.length()))
        .toList();
  }

  /// Writes the entries of these services, merged; of all units if there are none.
  void write(OutputStream out, NodeData node, LogQuery query, List<String> services)
      throws IOException {
    var units = units(node);
    var asked = services.isEmpty() ? units : units.stream().filter(services::contains).toList();
    // --lines comes with --pager-end, which implies the current boot.
    boolean oneBoot = query.boot().isPresent() || query.tailLines().isPresent();
    int boot = oneBoot ? lastBoot(node, units) + query.boot().orElse(0) : 0;
    if (boot < 0) {
      text(
          out,
          "Data from the specified boot (%d) is not available: No such boot ID in journal\n"
              .formatted(query.boot().orElse(0)));
      return;
    }
    try (var entries =
        new Merged(asked.stream().map(unit -> folder(node) + unit + SUFFIX).toList())) {
      var output = new Output(out);
      select(entries, query, oneBoot ? Optional.of(boot) : Optional.empty(), output);
      if (!output.any) {
        text(out, "-- No entries --\n");
      }
    }
  }

  private static void select(Merged entries, LogQuery query, Optional<Integer> boot, Output output)
      throws IOException {
    int limit = query.tailLines().orElse(Integer.MAX_VALUE);
    boolean firstLines = query.journalSince().isPresent() || query.tailLines().isEmpty();
    Deque<JournalReader.Entry> last = new ArrayDeque<>();
    int count = 0;
    var entry = entries.next();
    while (entry.isPresent() && !(firstLines && count >= limit)) {
      if (matches(entry.get(), query, boot)) {
        count++;
        if (firstLines) {
          output.write(entry.get());
        } else {
          last.addLast(entry.get());
          if (last.size() > limit) {
            last.removeFirst();
          }
        }
      }
      entry = entries.next();
    }
    // With a pattern, journalctl searches backwards and prints matches as it finds them.
    for (var kept : query.pattern().isPresent() ? last.reversed() : last) {
      output.write(kept);
    }
  }

  private static boolean matches(
      JournalReader.Entry entry, LogQuery query, Optional<Integer> boot) {
    return boot.map(wanted -> wanted == entry.boot()).orElse(true)
        && query.journalSince().map(since -> !entry.time().isBefore(since)).orElse(true)
        && query.journalUntil().map(until -> !entry.time().isAfter(until)).orElse(true)
        && query.pattern().map(pattern -> pattern.matcher(entry.message()).find()).orElse(true);
  }

  private int lastBoot(NodeData node, List<String> units) throws IOException {
    int boots = 0;
    for (String unit : units) {
      try (var in = data.folder().open(folder(node) + unit + SUFFIX)) {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).lines();
        boots = Math.max(boots, (int) lines.filter(JournalReader::isBootLine).count());
      }
    }
    return boots;
  }

  private static String folder(NodeData node) {
    return node.folder() + "journal/";
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Writes entries, with a line in between if a new boot starts.
  private static final class Output {
    private final OutputStream out;
    private boolean any;
    private int boot;

    Output(OutputStream out) {
      this.out = out;
    }

    void write(JournalReader.Entry entry) throws IOException {
      if (any && boot != entry.boot()) {
        text(out, entry.bootLine());
      }
      any = true;
      boot = entry.boot();
      text(out, entry.text());
    }
  }

  /// The entries of several units in the order of time.
  private final class Merged implements AutoCloseable {
    private final List<JournalReader> readers = new ArrayList<>();
    private final List<Optional<JournalReader.Entry>> heads = new ArrayList<>();

    Merged(List<String> paths) throws IOException {
      for (String path : paths) {
        var reader = new JournalReader(data.folder().open(path), data.time());
        readers.add(reader);
        heads.add(reader.next());
      }
    }

    Optional<JournalReader.Entry> next() throws IOException {
      int first = -1;
      for (int i = 0; i < heads.size(); i++) {
        var head = heads.get(i);
        if (head.isPresent()
            && (first < 0 || head.get().time().isBefore(heads.get(first).orElseThrow().time()))) {
          first = i;
        }
      }
      if (first < 0) {
        return Optional.empty();
      }
      var entry = heads.get(first);
      heads.set(first, readers.get(first).next());
      return entry;
    }

    @Override
    public void close() throws IOException {
      for (JournalReader reader : readers) {
        reader.close();
      }
    }
  }
}

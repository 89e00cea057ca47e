package dev.diagbundle.analyze.logs;

import module java.base;

import dev.diagbundle.analyze.facts.LogLine;
import dev.diagbundle.analyze.facts.LogTails;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.model.LineStamp;
import dev.diagbundle.model.LiteralMatcher;

/// The single pass over all logs. A line is matched only against the patterns of rules that have a
/// literal in it, and is counted if it is an error.
public final class LogScanner {
  private static final int MAX_LINE = 4_096;

  private final List<Subscriptions.LineWish> wishes;
  private final List<Predicate<String>> paths;

  /// The subscriptions without literals.
  private final BitSet always = new BitSet();

  private final List<Subscriptions.EndWish> ends;
  private final List<Predicate<String>> endPaths;
  private final LiteralMatcher literals;
  private final LogTails tails;
  private final PatternScanner patterns;
  private final LogTimes times;
  private final String prefix;
  private final byte[] line = new byte[MAX_LINE];
  private final BitSet hits = new BitSet();

  /// The contents of the current node, each with the subscriptions that have had it.
  private final Map<String, BitSet> given = new HashMap<>();

  private String node = "";
  private int length;
  private int lastLength;
  private long lastNumber;
  private boolean counted;
  private Instant at = Instant.EPOCH;
  private LineStamp stamps = new LineStamp(at, ZoneOffset.UTC);

  public LogScanner(
      Subscriptions interests,
      LogTails tails,
      PatternScanner patterns,
      LogTimes times,
      String prefix) {
    this.wishes = List.copyOf(interests.lines());
    this.paths = wishes.stream().map(Subscriptions.LineWish::paths).toList();
    for (int i = 0; i < wishes.size(); i++) {
      always.set(i, wishes.get(i).literals().isEmpty());
    }
    this.ends = List.copyOf(interests.ends());
    this.endPaths = ends.stream().map(wish -> wish.paths().matcher()).toList();
    this.literals =
        new LiteralMatcher(wishes.stream().map(Subscriptions.LineWish::literals).toList());
    this.tails = tails;
    this.patterns = patterns;
    this.times = times;
    this.prefix = prefix;
  }

  /// Reads the entry if a rule subscribed to its lines, or its errors are to be counted.
  ///
  /// @param read the time at which the server returned it
  public void scan(BundleContents contents, Entry entry, Instant read) throws IOException {
    at = read;
    var path = entry.path().value();
    if (!path.startsWith(prefix)) {
      return;
    }
    var below = path.substring(prefix.length());
    var active = new BitSet();
    for (int i = 0; i < wishes.size(); i++) {
      active.set(i, paths.get(i).test(below));
    }
    active.andNot(seen(below, entry, active));
    var tail = tails.begin(path);
    var asked = new ArrayList<Subscriptions.EndWish>();
    for (int i = 0; i < ends.size(); i++) {
      if (endPaths.get(i).test(below)) {
        asked.add(ends.get(i));
      }
    }
    counted = patterns.wants(path);
    if (active.isEmpty() && tail.isEmpty() && asked.isEmpty() && !counted) {
      return;
    }
    stamps = times.stamps(entry, read);
    if (counted) {
      patterns.begin(path, stamps);
    }
    lastNumber = 0;
    lastLength = 0;
    boolean whole = false;
    try (var in = contents.open(entry)) {
      read(in, path, active, tail);
      whole = true;
    } finally {
      if (counted) {
        patterns.end(line, lastLength, whole);
      }
    }
    if (lastNumber > 0 && !asked.isEmpty()) {
      var last = line(path, lastNumber, lastLength);
      asked.forEach(wish -> wish.visitor().accept(last));
    }
  }

  /// The subscriptions that have had the same lines from another file of the node: a service's log
  /// is often queried and also copied as a file.
  private BitSet seen(String below, Entry entry, BitSet active) {
    var segments = below.split("/", 3);
    var folder = segments.length == 3 && segments[0].equals("nodes") ? segments[1] : "";
    if (folder.isEmpty() || active.isEmpty()) {
      return new BitSet();
    }
    if (!folder.equals(node)) {
      node = folder;
      given.clear();
    }
    var before = given.computeIfAbsent(entry.sha256() + entry.bytes(), _ -> new BitSet());
    var same = (BitSet) before.clone();
    before.or(active);
    return same;
  }

  private void read(InputStream in, String path, BitSet active, Optional<LogTails.Tail> tail)
      throws IOException {
    var buffer = new byte[1 << 16];
    long number = 1;
    int state = LiteralMatcher.START;
    length = 0;
    hits.clear();
    for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
      int start = 0;
      for (int i = 0; i < got; i++) {
        if (buffer[i] == '\n') {
          keep(buffer, start, i);
          take(path, number++, active, tail);
          start = i + 1;
          state = LiteralMatcher.START;
          continue;
        }
        state = literals.next(state, buffer[i]);
        if (state < 0) {
          for (LiteralMatcher.Hit hit : literals.hits(state)) {
            hits.set(hit.group());
          }
        }
      }
      keep(buffer, start, got);
    }
    if (length > 0) {
      take(path, number, active, tail);
    }
  }

  private void keep(byte[] buffer, int from, int to) {
    int room = Math.min(to - from, MAX_LINE - length);
    System.arraycopy(buffer, from, line, length, room);
    length += room;
  }

  private void take(String path, long number, BitSet active, Optional<LogTails.Tail> tail) {
    if (length > 0) {
      // A shorter line leaves the rest of the line before in the buffer: the length is decisive.
      lastLength = length;
      lastNumber = number;
    }
    if (tail.isPresent()) {
      tail.get().add(number, text(length));
    }
    hits.or(always);
    if (!hits.isEmpty()) {
      hits.and(active);
      for (int i = hits.nextSetBit(0); i >= 0; i = hits.nextSetBit(i + 1)) {
        var wish = wishes.get(i);
        if (wish.pattern().isIn(Arrays.copyOf(line, length), length)) {
          wish.visitor().accept(line(path, number, length));
        }
      }
      hits.clear();
    }
    if (counted) {
      patterns.take(line, length, number);
    }
    length = 0;
  }

  private LogLine line(String path, long number, int size) {
    long micros = stamps.micros(line, 0, size);
    var time =
        micros == LineStamp.NONE
            ? Optional.<Instant>empty()
            : Optional.of(LineStamp.instant(micros));
    return new LogLine(path, number, text(size), time, at);
  }

  private String text(int size) {
    int end = size > 0 && line[size - 1] == '\r' ? size - 1 : size;
    return new String(line, 0, end, StandardCharsets.UTF_8);
  }
}

package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.search.LogChoice;
import dev.diagbundle.bundle.search.MergedLogs;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.Printable;

/// The output of `logs`: each line with its time and origin.
public final class MergedLogsView implements MergedLogs.Listener {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z' ").withZone(ZoneOffset.UTC);
  private static final int MAX_NAME_WIDTH = 44;
  private static final int[] COLORS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

  private final OutputStream plain;
  private final OutputStream text;
  private final List<byte[]> names = new ArrayList<>();
  private long lastMillis = Long.MIN_VALUE;
  private byte[] lastTime = new byte[0];

  /// @param plain stream for text that is safe already
  /// @param text stream for text from the cluster, which writes to the same output
  public MergedLogsView(
      List<Entry> files, Terminal terminal, OutputStream plain, OutputStream text) {
    this.plain = plain;
    this.text = text;
    var shorts = files.stream().map(file -> Printable.line(LogChoice.name(file))).toList();
    int width = Math.min(MAX_NAME_WIDTH, shorts.stream().mapToInt(String::length).max().orElse(0));
    for (String name : shorts) {
      var padding = " ".repeat(Math.max(0, width - name.length()) + 2);
      int color = COLORS[Math.floorMod(name.hashCode(), COLORS.length)];
      var shown = terminal.colored() ? "\u001b[" + color + "m" + name + "\u001b[0m" : name;
      names.add((shown + padding).getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public void on(
      int source, Instant time, byte[] bytes, int from, int to, boolean begins, boolean ends)
      throws IOException {
    if (begins) {
      plain.write(time(time));
      plain.write(names.get(source));
    }
    text.write(bytes, from, to - from);
    if (ends) {
      text.write('\n');
    }
  }

  private byte[] time(Instant time) {
    long millis = time.toEpochMilli();
    if (millis != lastMillis) {
      lastMillis = millis;
      lastTime = TIME.format(time).getBytes(StandardCharsets.US_ASCII);
    }
    return lastTime;
  }
}

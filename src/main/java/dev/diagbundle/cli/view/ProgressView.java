package dev.diagbundle.cli.view;

import module java.base;

import dev.diagbundle.cli.terminal.PluginTerminal;
import dev.diagbundle.cli.terminal.Terminal;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.Printable;

/// The progress of a run: on a terminal, a live view with one line for the total and one for each
/// active node; elsewhere, a plain line every few seconds. The caller of [#start] closes it.
public final class ProgressView implements AutoCloseable {
  private static final Duration LIVE = Duration.ofMillis(200);
  private static final Duration PLAIN = Duration.ofSeconds(5);
  private static final int MAX_NODES = 8;
  private static final int NAME_WIDTH = 24;

  private final Terminal terminal;
  private final RunProgress state;
  private final PluginTerminal plugins;
  private final ScheduledExecutorService timer;
  private int drawn;
  private int pluginRuns;

  private ProgressView(Terminal terminal, RunProgress state, PluginTerminal plugins) {
    this.terminal = terminal;
    this.state = state;
    this.plugins = plugins;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());
  }

  /// Starts to draw.
  ///
  /// @param plugins whose output and questions to the user are not drawn over
  public static ProgressView start(Terminal terminal, RunProgress state, PluginTerminal plugins) {
    var view = new ProgressView(terminal, state, plugins);
    var every = terminal.live() ? LIVE : PLAIN;
    var _ =
        view.timer.scheduleAtFixedRate(
            terminal.live() ? view::drawLive : view::drawPlain,
            every.toMillis(),
            every.toMillis(),
            TimeUnit.MILLISECONDS);
    return view;
  }

  @Override
  public void close() {
    timer.shutdownNow();
    timer.close();
    if (terminal.live()) {
      erase();
      terminal.err().flush();
    }
  }

  private void drawPlain() {
    if (plugins.isBusy()) {
      return;
    }
    var snapshot = state.snapshot();
    terminal.say(text(snapshot));
  }

  private void drawLive() {
    if (plugins.isBusy()) {
      return;
    }
    var snapshot = state.snapshot();
    erase();
    var lines = new ArrayList<String>();
    lines.add(terminal.bold(Printable.line(text(snapshot))));
    var busy = snapshot.nodes().stream().filter(node -> node.working() > 0).toList();
    busy.stream().limit(MAX_NODES).forEach(node -> lines.add("  " + text(node)));
    if (busy.size() > MAX_NODES) {
      lines.add("  and " + (busy.size() - MAX_NODES) + " more nodes");
    }
    lines.forEach(terminal.err()::println);
    terminal.err().flush();
    drawn = lines.size();
  }

  private void erase() {
    if (pluginRuns != plugins.runs()) {
      // What a plugin printed below the view stays.
      pluginRuns = plugins.runs();
      drawn = 0;
    }
    if (drawn > 0) {
      terminal.err().print("\u001b[" + drawn + "A\u001b[J");
      drawn = 0;
    }
  }

  private static String text(RunProgress.Snapshot snapshot) {
    var total = snapshot.total();
    var text = snapshot.cluster().isEmpty() ? "" : snapshot.cluster() + ": ";
    if (total.planned() == 0) {
      return text + snapshot.phase();
    }
    return text
        + snapshot.phase()
        + String.format(
            Locale.ROOT,
            ", %d of %d items, %s",
            total.ended(),
            total.planned(),
            ByteSize.format(total.bytes()))
        + (total.gaps() > 0 ? ", " + total.gaps() + " with gaps" : "");
  }

  private static String text(RunProgress.Line node) {
    var what = node.name().isEmpty() ? "API server" : node.name();
    var name =
        node.cluster().isEmpty()
            ? Printable.line(what, NAME_WIDTH)
            : Printable.line(node.cluster(), NAME_WIDTH) + " " + Printable.line(what, NAME_WIDTH);
    return String.format(
        Locale.ROOT,
        "%-" + NAME_WIDTH + "s %4d of %-4d %8s%s",
        name,
        node.ended(),
        node.planned(),
        ByteSize.format(node.bytes()),
        node.gaps() > 0 ? "  " + node.gaps() + " with gaps" : "");
  }
}

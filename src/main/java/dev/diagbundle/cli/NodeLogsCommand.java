package dev.diagbundle.cli;

import module java.base;

import dev.diagbundle.cli.options.ClusterOptions;
import dev.diagbundle.cli.options.NodeLogsOptions;
import dev.diagbundle.cli.options.TimeOptions;
import dev.diagbundle.cli.terminal.ExitCode;
import dev.diagbundle.cli.terminal.FailFastOutputStream;
import dev.diagbundle.cli.terminal.PendingStop;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cli.view.NodeLogsMessages;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.nodelogs.NodeLogNotice;
import dev.diagbundle.nodelogs.NodeLogPrinter;
import dev.diagbundle.nodelogs.NodeLogsRequest;
import dev.diagbundle.nodelogs.NodeLogsResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `node-logs`: prints service logs of nodes.
@Command(
    name = "node-logs",
    description = "Print service logs of nodes through the log query of the kubelet.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "A single log is printed as the node returns it. Several journals are merged by",
      "time and prefixed with node and service. Windows events and log files cannot be",
      "merged: they are printed after the journals, one after the other. The time",
      "window is the last hour by the clock of the API server, unless set otherwise.",
      "",
      "Exit codes:",
      "  0    complete",
      "  1    no logs",
      "  2    usage error",
      "  3    logs missing or incomplete",
      "  130  interrupted by SIGINT",
      "  141  standard output closed by its reader",
      "  143  interrupted by SIGTERM",
      "",
      "Examples:",
      "  diagbundle node-logs rig-1 -s kubelet --demo",
      "  diagbundle node-logs worker-7 -s kubelet --since 15m",
      "  diagbundle node-logs 'worker-*' -s kubelet -s containerd",
      "  diagbundle node-logs --all -s kubelet --grep 'PLEG|evict'",
      "  diagbundle node-logs worker-7 -s kubelet --boot -1 --since 2d"
    })
final class NodeLogsCommand implements Callable<Integer> {
  private final Session session;
  private final PendingStop stop = new PendingStop();

  @Mixin private final NodeLogsOptions options = new NodeLogsOptions();

  @Mixin private final TimeOptions time = new TimeOptions();

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Mixin private final Verbosity verbosity = new Verbosity();

  NodeLogsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() throws DiagbundleException, IOException, InterruptedException {
    session.signals().listen(stop::on);
    if (cluster.demo()) {
      try (var demo = DemoCluster.start(session.clock())) {
        return print(demo.connection(), demo.clock(), demo.client());
      }
    }
    // Usage errors must be reported before problems of the kubeconfig.
    options.selection();
    time.window();
    var connection = cluster.connection(session);
    return print(connection, session.clock(), cluster.limited(ClientOptions.USUAL));
  }

  private int print(ClusterConnection connection, Clock clock, ClientOptions client)
      throws DiagbundleException, IOException, InterruptedException {
    var terminal = session.terminal();
    var request =
        new NodeLogsRequest(
            connection,
            Version.text(),
            options.selection(),
            options.services(),
            time.window(),
            options.options(),
            options.paced(client.withTicker(session.ticker())),
            options.concurrency(),
            options.patience(),
            options.spoolBytes(),
            options.prefix(),
            terminal.shown());
    var logs = new NodeLogPrinter(request, clock, this::say);
    stop.attach(logs::stop);
    try {
      return end(logs.run(new FailFastOutputStream(terminal)));
    } catch (FailFastOutputStream.UnwritableException e) {
      if (e.isClosedPipe()) {
        return ExitCode.OUTPUT_CLOSED;
      }
      throw new DiagbundleException(
          Problem.failure("cannot write to standard output: " + e.getMessage()), e);
    }
  }

  private void say(NodeLogNotice notice) {
    if (!verbosity.quiet() || notice instanceof NodeLogNotice.Late) {
      session.terminal().say("diagbundle: " + NodeLogsMessages.of(notice));
    }
  }

  private int end(NodeLogsResult result) {
    var terminal = session.terminal();
    NodeLogsMessages.of(result, verbosity.quiet())
        .forEach(line -> terminal.say("diagbundle: " + line));
    NodeLogsMessages.hints(result).forEach(line -> terminal.say("  " + line));
    if (result.interrupted().isPresent()) {
      terminal.say("diagbundle: interrupted, output incomplete");
      return ExitCode.ofSignal(result.interrupted().get());
    }
    if (!result.hasAny()) {
      return ExitCode.FAILED;
    }
    return result.isComplete() ? ExitCode.OK : ExitCode.INCOMPLETE;
  }
}

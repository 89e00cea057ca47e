package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.model.Ticker;
import dev.diagbundle.serve.http.Exchange;

/// The handler of the kubelet's `/logs/`: the files of its log folder, and the node log query
/// (KEP-2258) with its peculiarities.
final class KubeletLogs {
  /// Exactly so: the file server writes it with a blank and in lower case.
  private static final String SERVICE_LOG_TYPE = "text/plain;charset=UTF-8";

  private final ClusterData data;
  private final LogFiles files;
  private final LinuxJournal journal;
  private final WindowsEventLog eventLog;

  KubeletLogs(ClusterData data, Ticker ticker) {
    this.data = data;
    this.files = new LogFiles(data.folder());
    this.journal = new LinuxJournal(data);
    this.eventLog = new WindowsEventLog(data, ticker);
  }

  /// Answers a query or a request for files.
  ///
  /// @param now time on the clock of the node
  /// @param path below the log folder
  void handle(Exchange exchange, NodeData node, Instant now, String path) throws IOException {
    var query = exchange.request().query();
    switch (LogQueryParser.parse(query, node, now)) {
      case LogQueryParser.Result.None _ -> files.serve(exchange, node, path);
      case LogQueryParser.Result.Rejected(int status, String text) ->
          exchange.sendError(status, text);
      case LogQueryParser.Result.Accepted(LogQuery asked) -> answer(exchange, node, asked, path);
    }
  }

  private void answer(Exchange exchange, NodeData node, LogQuery query, String path)
      throws IOException {
    boolean openshift = node.query() == NodeData.QueryFlavor.OPENSHIFT;
    boolean wholeJournal =
        openshift && query.services().isEmpty() && path.replace("/", "").equals("journal");
    if (query.services().isEmpty() && !wholeJournal) {
      files.serve(exchange, node, query.file().orElse(path));
      return;
    }
    if (!node.windows() && query.untilTime().isPresent() && query.sinceTime().isEmpty()) {
      // The builder of the command line takes the until time from sinceTime, which is nil: the
      // handler panics, and the API server sees the connection end.
      ApiStatus.serviceUnavailable("EOF").sendTo(exchange);
      return;
    }
    boolean zipped =
        exchange.request().header("Accept-Encoding").filter("gzip"::equals).isPresent();
    if (zipped) {
      exchange.header("Content-Encoding", "gzip");
    }
    try (var plain = exchange.stream(200, SERVICE_LOG_TYPE);
        var out = zipped ? fastGzip(plain) : plain) {
      services(out, node, query, openshift);
    }
  }

  private void services(OutputStream out, NodeData node, LogQuery query, boolean openshift)
      throws IOException {
    var natives = query.services().stream().filter(name -> isNative(node, name)).toList();
    var others = query.services().stream().filter(name -> !natives.contains(name)).toList();
    // OpenShift's build drops the native services as soon as one service is none.
    if ((!natives.isEmpty() || query.services().isEmpty()) && !(openshift && !others.isEmpty())) {
      if (node.windows()) {
        eventLog.write(out, node, query, natives);
      } else {
        journal.write(out, node, query, natives);
      }
    }
    if (others.isEmpty()) {
      return;
    }
    if (query.hasOptions()) {
      text(
          out,
          "\noptions present and query resolved to log files for [%s]\ntry without specifying options\n"
              .formatted(String.join(" ", others)));
      return;
    }
    for (String service : others) {
      file(out, node, service);
    }
  }

  private boolean isNative(NodeData node, String service) {
    return node.windows()
        ? eventLog.hasProvider(node, service)
        : journal.units(node).stream()
            .anyMatch(unit -> (unit + ".service").contains(service + ".service"));
  }

  private void file(OutputStream out, NodeData node, String service) throws IOException {
    for (String path : List.of(service, service + ".log", service + "/" + service + ".log")) {
      var file = node.files().get(path);
      if (file != null) {
        try (var in = data.folder().open(file)) {
          in.transferTo(out);
        }
        return;
      }
    }
    text(out, "\nlog not found for " + service + "\n");
  }

  private static void text(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static OutputStream fastGzip(OutputStream plain) throws IOException {
    return new GZIPOutputStream(plain) {
      {
        def.setLevel(Deflater.BEST_SPEED);
      }
    };
  }
}

package dev.diagbundle.serve;

import module java.base;

import dev.diagbundle.model.Ticker;

/// An emulation of PowerShell's `Get-WinEvent` for the Application log, based on
/// `nodes/<node>/application-log/<provider>.jsonl`: everything at the end, in the node's code page,
/// and nothing if that takes longer than the kubelet waits. Both bounds of the time are inclusive
/// and whole seconds, so an event within the last second, but after its beginning, is left out.
final class WindowsEventLog {
  private static final String SUFFIX = ".jsonl";
  private static final String NO_EVENTS =
      """
      Get-WinEvent : No events were found that match the specified selection criteria.
      At line:1 char:1
      + Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName=$Env:kubelet_provider0} |
      + ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
          + CategoryInfo          : ObjectNotFound: (:) [Get-WinEvent], Exception
          + FullyQualifiedErrorId : NoMatchingEventsFound,Microsoft.PowerShell.Commands.GetWinEventCommand

      """;

  private final ClusterData cluster;
  private final DataFolder data;
  private final Ticker ticker;

  WindowsEventLog(ClusterData cluster, Ticker ticker) {
    this.ticker = ticker;
    this.cluster = cluster;
    this.data = cluster.folder();
  }

  /// One event, as recorded in the data.
  record Event(Instant time, String provider, int id, String level, String message) {}

  boolean hasProvider(NodeData node, String name) {
    return data.below(folder(node)).keySet().stream()
        .anyMatch(path -> path.equalsIgnoreCase(folder(node) + name + SUFFIX));
  }

  /// Writes the events of these providers in the layout of `Format-Table -AutoSize -Wrap`.
  void write(OutputStream out, NodeData node, LogQuery query, List<String> providers)
      throws IOException {
    var events = new ArrayList<Event>();
    for (String path : data.below(folder(node)).keySet()) {
      if (providers.stream()
          .anyMatch(name -> path.equalsIgnoreCase(folder(node) + name + SUFFIX))) {
        read(path, query, events);
      }
    }
    events.sort(Comparator.comparing(Event::time));
    var shell = PowerShell.of(cluster, node);
    int max = query.tailLines().orElse(Integer.MAX_VALUE);
    // The newest events are counted off first and searched after that, unlike on Linux.
    var newest = events.subList(Math.max(0, events.size() - max), events.size());
    var shown =
        newest.stream()
            .filter(
                event -> query.pattern().map(p -> p.matcher(event.message()).find()).orElse(true))
            .toList();
    if (!work(shell, newest.size())) {
      return;
    }
    var text = newest.isEmpty() ? NO_EVENTS : new Table(shell, node).of(shown);
    out.write(text.replace("\n", "\r\n").getBytes(shell.codePage()));
  }

  private void read(String path, LogQuery query, List<Event> events) throws IOException {
    try (var lines =
        new BufferedReader(new InputStreamReader(data.open(path), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        var node = cluster.tree(line.getBytes(StandardCharsets.UTF_8));
        var event =
            new Event(
                Instant.parse(node.path("time").asText()),
                node.path("provider").asText(),
                node.path("id").asInt(),
                node.path("level").asText(),
                node.path("message").asText());
        if (query.sinceTime().map(since -> !event.time().isBefore(since)).orElse(true)
            && query.untilTime().map(until -> !event.time().isAfter(until)).orElse(true)) {
          events.add(event);
        }
      }
    }
  }

  /// @return whether it was done before the kubelet lost its patience
  private boolean work(PowerShell shell, int events) throws InterruptedIOException {
    var needed = shell.start().plus(shell.event().multipliedBy(events));
    boolean done = needed.compareTo(shell.limit()) < 0;
    try {
      ticker.sleep(done ? needed : shell.limit());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is being closed");
    }
    return done;
  }

  private static String folder(NodeData node) {
    return node.folder() + "application-log/";
  }

  /// Events in the layout of `Format-Table -AutoSize -Wrap`.
  private record Table(PowerShell shell, NodeData node) {
    String of(List<Event> events) {
      int idWidth =
          events.stream().mapToInt(event -> Integer.toString(event.id()).length()).max().orElse(2);
      int createdWidth =
          events.stream().mapToInt(event -> created(event).length()).max().orElse(11);
      var row = "%-" + Math.max(createdWidth, 11) + "s %" + Math.max(idWidth, 2) + "s %-16s %s\n";
      int messageColumn = row.formatted("", "", "", "").length() - 1;
      var text = new StringBuilder();
      var provider = "";
      for (Event event : events) {
        if (!event.provider().equals(provider)) {
          provider = event.provider();
          text.append("\n\n   ProviderName: ").append(provider).append("\n\n");
          text.append(row.formatted("TimeCreated", "Id", "LevelDisplayName", "Message"));
          text.append(row.formatted("-----------", "--", "----------------", "-------"));
        }
        var lines = wrap(event.message(), shell.columns() - messageColumn - 1);
        text.append(row.formatted(created(event), event.id(), event.level(), lines.getFirst()));
        for (String line : lines.subList(1, lines.size())) {
          text.append(" ".repeat(messageColumn)).append(line).append('\n');
        }
      }
      return text.append("\n\n").toString();
    }

    private String created(Event event) {
      return shell.time().format(event.time().truncatedTo(ChronoUnit.SECONDS).atZone(node.zone()));
    }

    private static List<String> wrap(String message, int columns) {
      var lines = new ArrayList<String>();
      for (String line : message.split("\n", -1)) {
        var rest = line;
        while (rest.length() > columns) {
          int blank = rest.lastIndexOf(' ', columns);
          int end = blank > 0 ? blank : columns;
          lines.add(rest.substring(0, end));
          rest = rest.substring(end).stripLeading();
        }
        lines.add(rest);
      }
      return lines;
    }
  }
}

package dev.diagbundle.report.collection;

import module java.base;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.PrintableScalar;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The section "How this was collected": the command, the profile, and the load on the cluster.
///
/// @param took the duration, `47 s`
/// @param profile the lines of `profile.yaml`, as far as the page shows them
/// @param profileFile the whole profile
/// @param requestsFile the log of all requests
public record CollectionSection(
    String took,
    String command,
    String profileTitle,
    List<String> profile,
    Optional<FileLink> profileFile,
    List<Fact> tool,
    List<Fact> requests,
    Optional<FileLink> requestsFile,
    List<Slow> slowest,
    List<ObservedRights.Row> rights) {
  /// The maximum number of clusters that are named individually.
  public static final int MAX_CLUSTERS = 20;

  private static final int MAX_PROFILE_LINES = 300;
  private static final int MAX_SLOWEST = 7;
  private static final int BAR = 300;

  /// A label and its value.
  record Fact(String label, String value) {}

  /// An item that took long.
  ///
  /// @param bar the length of its bar, of 300
  /// @param received its size, or the reason why it is missing
  record Slow(
      String node, String title, int bar, boolean missing, String seconds, String received) {}

  public static CollectionSection of(BundleFiles files, RequestTally requests) {
    var run = files.manifest().run();
    var profileFile =
        files.clusters().stream()
            .flatMap(cluster -> cluster.find("profile.yaml").stream())
            .findFirst();
    var profile = new ArrayList<String>();
    profileFile.ifPresent(entry ->
        files.eachLine(
            entry,
            PrintableScalar.MAX_LENGTH,
            (_, line) -> {
              if (profile.size() < MAX_PROFILE_LINES) {
                profile.add(line);
              }
            }));
    return new CollectionSection(
        TextFormat.duration(Duration.between(run.started(), run.finished())),
        run.command().stream().map(CollectionSection::quoted).collect(Collectors.joining(" ")),
        "Profile "
            + run.profile()
            + profileFile.map(e -> " (" + TextFormat.count(e.lines(), "line") + ")").orElse(""),
        List.copyOf(profile),
        profileFile.map(FileLink::path),
        tool(run, profile),
        requests(requests),
        run.hasSeveral() ? Optional.empty() : files.find("requests.jsonl").map(FileLink::path),
        slowest(files.manifest().items()),
        requests.rights());
  }

  private static List<Fact> tool(Manifest.Run run, List<String> profile) {
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Tool", "diagbundle " + run.toolVersion()));
    facts.add(new Fact("Started", TextFormat.dateAndTime(run.started()) + " UTC"));
    facts.add(new Fact("Finished", TextFormat.dateAndTime(run.finished()) + " UTC"));
    if (run.hasSeveral()) {
      run.clusters().stream()
          .filter(Manifest.Part::answered)
          .limit(MAX_CLUSTERS)
          .forEach(part -> facts.add(new Fact("Clock of " + part.name(), clock(part.clockSkew()))));
    } else {
      facts.add(new Fact("Clock", clock(run.clockSkew())));
    }
    if (!run.hasSeveral() && !run.cluster().context().isEmpty()) {
      facts.add(new Fact("Context", run.cluster().context()));
    }
    var concurrency =
        option(run.command(), "--concurrency").or(() -> limit(profile, "concurrency"));
    var perNode =
        option(run.command(), "--concurrency-per-node").or(() -> limit(profile, "perNode"));
    concurrency.ifPresent(most ->
        facts.add(
            new Fact(
                "Concurrency",
                "max " + most + perNode.map(n -> ", " + n + " per node").orElse(""))));
    option(run.command(), "--qps")
        .or(() -> limit(profile, "qps"))
        .ifPresent(most -> facts.add(new Fact("Requests per second", "max " + most)));
    return List.copyOf(facts);
  }

  /// The difference between the collector's clock and the API server's, in words.
  public static String clock(Duration skew) {
    if (skew.abs().toMillis() < 1_000) {
      return "within 1\u00a0s of the API server";
    }
    return TextFormat.duration(skew)
        + (skew.isNegative() ? " behind the API server" : " ahead of the API server");
  }

  private static List<Fact> requests(RequestTally tally) {
    if (tally.sent() == 0) {
      return List.of();
    }
    var facts = new ArrayList<Fact>();
    facts.add(new Fact("Sent", tally.sentText()));
    facts.add(new Fact("Responses", tally.answers()));
    if (!tally.brokenOff().isEmpty()) {
      facts.add(new Fact("Not fully read", tally.brokenOff()));
    }
    facts.add(new Fact("Received", ByteSize.format(tally.bytes())));
    facts.add(
        new Fact(
            "Median duration",
            TextFormat.duration(Duration.ofMillis(tally.quantile(0.5)))
                + ", 95th percentile "
                + TextFormat.duration(Duration.ofMillis(tally.quantile(0.95)))));
    facts.add(
        new Fact(
            "Throttled by the server",
            tally.throttled() == 0
                ? "never (no 429)"
                : TextFormat.count(tally.throttled(), "time") + " (429)"));
    return List.copyOf(facts);
  }

  private static List<Slow> slowest(List<Item> items) {
    // In milliseconds, as the manifest has it: the same bundle gives the same page.
    var slowest =
        new TreeSet<>(
            Comparator.comparingLong((Item item) -> -item.took().toMillis())
                .thenComparing(Item::id));
    for (Item item : items) {
      if (item.took().toMillis() > 0 && slowest.add(item) && slowest.size() > MAX_SLOWEST) {
        slowest.removeLast();
      }
    }
    return slowest.stream().map(item -> slow(item, slowest.getFirst().took())).toList();
  }

  private static Slow slow(Item item, Duration most) {
    boolean missing = ItemState.of(item.outcome()) == ItemState.MISS;
    var kind = ItemNames.kind(item.kind());
    var node = item.node().isEmpty() ? "cluster" : item.node();
    return new Slow(
        item.cluster().isEmpty() ? node : item.cluster() + "/" + node,
        item.name().isEmpty() || item.name().equals(item.node()) ? kind : kind + " " + item.name(),
        (int) Math.max(1, BAR * item.took().toMillis() / Math.max(1, most.toMillis())),
        missing,
        TextFormat.tenths(item.took().toMillis()),
        missing ? GapCause.of(item).word() : ByteSize.format(item.receivedBytes()));
  }

  private static Optional<String> option(List<String> command, String name) {
    for (int i = 0; i < command.size(); i++) {
      if (command.get(i).equals(name) && i + 1 < command.size()) {
        return Optional.of(command.get(i + 1));
      }
      if (command.get(i).startsWith(name + "=")) {
        return Optional.of(command.get(i).substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /// The number after the key, anywhere in the YAML: `concurrency: 16`.
  private static Optional<String> limit(List<String> profile, String key) {
    for (String line : profile) {
      int at = line.indexOf(key + ":");
      if (at < 0 || line.stripLeading().startsWith("#")) {
        continue;
      }
      var value = line.substring(at + key.length() + 1).strip();
      int end = 0;
      while (end < value.length()
          && (Character.isDigit(value.charAt(end)) || value.charAt(end) == '.')) {
        end++;
      }
      if (end > 0) {
        return Optional.of(value.substring(0, end));
      }
    }
    return Optional.empty();
  }

  private static String quoted(String word) {
    boolean plain =
        !word.isEmpty()
            && word.chars()
                .allMatch(c -> Character.isLetterOrDigit(c) || "-_./:=,@%+".indexOf(c) >= 0);
    return plain ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}

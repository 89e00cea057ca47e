package dev.diagbundle.analyze;

import module java.base;

import dev.diagbundle.analyze.facts.Events;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.InputAvailability;
import dev.diagbundle.analyze.facts.LogTails;
import dev.diagbundle.analyze.facts.NodeFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.PodParser;
import dev.diagbundle.analyze.facts.RequestStatistics;
import dev.diagbundle.analyze.facts.ServerDates;
import dev.diagbundle.analyze.facts.ServiceParser;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.logs.LogScanner;
import dev.diagbundle.analyze.logs.PatternScanner;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.bundle.read.DeadlineExceededException;
import dev.diagbundle.bundle.search.LogTimes;
import dev.diagbundle.findings.LogPatterns;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Interner;
import dev.diagbundle.model.TimeWindow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The single pass over a cluster's files in a bundle. It does not fail: a damaged file is read up
/// to the damage, and reported as missing.
final class FactsReader {
  private static final Logger LOG = LoggerFactory.getLogger(FactsReader.class);
  private static final String OBJECTS = "cluster-resources/";
  private static final String LOGS = OBJECTS + "pods/logs/";

  private final BundleContents contents;
  private final String prefix;
  private final Subscriptions interests;
  private final JsonObjectReader json;
  private final Interner pool = new Interner(50_000, 4_096);
  private final Map<String, NodeFact> nodes = new TreeMap<>();
  private final List<PodFact> pods = new ArrayList<>();
  private final Map<ObjectName, ObjectName> owners = new HashMap<>();
  private final ServiceParser services = new ServiceParser();
  private final Events events;
  private final RequestStatistics requests = new RequestStatistics();
  private final LogTails tails = new LogTails();
  private final PatternScanner patterns;
  private final ServerDates dates;
  private final InputAvailability inputs;
  private final Map<String, List<Consumer<SourceObject>>> visitors = new HashMap<>();

  /// A step that may meet a damaged file.
  private interface Step {
    void run() throws IOException;
  }

  /// @param prefix the cluster's folder, which ends in `/`; empty if there is none
  FactsReader(BundleContents contents, String prefix, Subscriptions interests) {
    this.contents = contents;
    this.prefix = prefix;
    this.interests = interests;
    this.json = new JsonObjectReader(contents);
    this.events = new Events(interests.reasons(), pool);
    this.dates = new ServerDates(contents.manifest(), prefix);
    this.inputs = new InputAvailability(contents.manifest(), prefix);
    this.patterns = new PatternScanner(window(), prefix);
    var reading = new PodParser(pool);
    visit("nodes", seen -> nodes.put(seen.name(), NodeFact.read(seen)));
    visit("pods", seen -> pods.add(reading.read(seen)));
    visit("replicasets", seen -> own(seen, "ReplicaSet"));
    visit("jobs", seen -> own(seen, "Job"));
    visit("services", services::addService);
    visit("endpointslices", services::addSlice);
    visit("events", events::add);
    interests.objects().forEach(wish -> visit(wish.kind(), wish.visitor()));
  }

  Facts read() {
    find(prefix + "requests.jsonl").ifPresent(entry -> attempt(entry, () -> readRequests(entry)));
    // By path, so that the findings do not depend on the order of the archive. Entries are made one
    // at a time: a large bundle has 50,000, which packed take a third.
    for (String path : inputs.below(prefix)) {
      find(path)
          .ifPresent(entry -> {
            dates.know(entry);
            readObjects(entry);
            readNodeFile(entry);
          });
    }
    tails.want(pods, prefix);
    patterns.plan(
        inputs.below(prefix + "nodes/").stream().map(this::find).flatMap(Optional::stream));
    var scan = new LogScanner(interests, tails, patterns, new LogTimes(contents), prefix);
    for (String path : inputs.below(prefix)) {
      var below = path.substring(prefix.length());
      if (below.startsWith("nodes/") || below.startsWith("api/") || below.startsWith(LOGS)) {
        find(path)
            .ifPresent(entry -> attempt(entry, () -> scan.scan(contents, entry, dates.at(path))));
      }
    }
    return new Facts(
        new Facts.Reading(
            contents,
            nodes,
            pods,
            owners,
            services.facts(),
            events,
            requests,
            tails,
            dates,
            inputs,
            prefix));
  }

  private Optional<Entry> find(String path) {
    return contents.find(new EntryPath(path));
  }

  /// The patterns of the error lines; complete once everything is read.
  LogPatterns patterns() {
    return patterns.result();
  }

  private TimeWindow window() {
    var run = contents.manifest().run();
    return run.clusterBelow(prefix).map(Manifest.Part::window).orElseGet(run::window);
  }

  private void readRequests(Entry entry) throws IOException {
    json.eachLine(
        entry,
        (request, number) -> {
          dates.add(Fields.text(request, "item"), Fields.text(request, "serverDate"));
          requests.add(request, entry.path().value(), number);
        });
  }

  private void readObjects(Entry entry) {
    var below = entry.path().value().substring(prefix.length());
    if (!below.startsWith(OBJECTS) || !below.endsWith(".json") || below.startsWith(LOGS)) {
      return;
    }
    var name = below.substring(OBJECTS.length());
    int slash = name.lastIndexOf('/');
    var folder =
        slash < 0 ? name.substring(0, name.length() - ".json".length()) : name.substring(0, slash);
    var wanted = new ArrayList<>(visitors.getOrDefault(folder, List.of()));
    interests.paths().stream()
        .filter(wish -> wish.paths().test(name))
        .forEach(wish -> wanted.add(wish.visitor()));
    if (wanted.isEmpty()) {
      return;
    }
    var at = dates.at(entry.path().value());
    attempt(
        entry, () -> json.eachObject(entry, at, seen -> wanted.forEach(each -> each.accept(seen))));
  }

  private void readNodeFile(Entry entry) {
    var segments = entry.path().value().substring(prefix.length()).split("/", 3);
    if (segments.length < 3 || !segments[0].equals("nodes")) {
      return;
    }
    var wanted =
        interests.files().stream().filter(wish -> wish.kind().equals(segments[2])).toList();
    if (wanted.isEmpty()) {
      return;
    }
    attempt(
        entry,
        () -> {
          var file =
              new Subscriptions.SeenFile(entry.path().value(), segments[1], json.tree(entry));
          wanted.forEach(wish -> wish.visitor().accept(file));
        });
  }

  private void own(SourceObject seen, String kind) {
    var owner = PodParser.owner(seen.tree(), pool);
    if (!owner.equals(ObjectName.NONE)) {
      owners.put(
          new ObjectName(kind, pool.shared(seen.namespace()), pool.shared(seen.name())), owner);
    }
  }

  private void visit(String folder, Consumer<SourceObject> visitor) {
    visitors.computeIfAbsent(folder, _ -> new ArrayList<>()).add(visitor);
  }

  private void attempt(Entry entry, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      LOG.debug("{} is not wholly readable", entry.path(), e);
      boolean late = e instanceof DeadlineExceededException;
      inputs.unread(entry.path().value(), late ? "was not read: time limit reached" : "is damaged");
    }
  }
}

package dev.diagbundle.report;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A bundle that has the sample bundle twice, as two clusters, and a third that did not answer.
public record TwoClusters(MemoryBundle sample, List<ClusterPlace> places)
    implements BundleContents {
  public static final String FAILURE =
      "API server https://192.0.2.3 cannot be reached: <b>refused</b>";

  public static TwoClusters create(String first, String second) throws IOException {
    return new TwoClusters(
        SampleBundle.create(), List.of(new ClusterPlace(first), new ClusterPlace(second)));
  }

  @Override
  public Manifest manifest() {
    var one = sample.manifest();
    var run = one.run();
    var items = new ArrayList<Item>();
    var entries = new ArrayList<Entry>();
    var parts = new ArrayList<Manifest.Part>();
    for (ClusterPlace place : places) {
      one.items().forEach(item -> items.add(in(place, item)));
      one.entries().forEach(entry -> entries.add(in(place, entry)));
      parts.add(
          new Manifest.Part(
              place, run.cluster(), run.window(), run.started(), run.clockSkew(), ""));
    }
    var dead = new ClusterPlace("dead");
    var nobody = new Manifest.ClusterIdentity("dead", "dead", "https://192.0.2.3", "", "");
    parts.add(new Manifest.Part(dead, nobody, run.window(), run.started(), Duration.ZERO, FAILURE));
    items.add(
        new Item(
            dead.item("cluster"),
            ItemKind.CLUSTER,
            "",
            "dead",
            new Outcome.Failed(Reason.UNREACHABLE, FAILURE),
            0,
            Duration.ZERO,
            "dead"));
    return new Manifest(
        new Manifest.Run(
            run.toolVersion(),
            run.profile(),
            run.command(),
            run.cluster(),
            run.window(),
            run.started(),
            run.finished(),
            run.clockSkew(),
            run.interrupted(),
            run.rootFolder(),
            parts),
        items,
        entries);
  }

  @Override
  public String manifestSha256() {
    return sample.manifestSha256();
  }

  @Override
  public Optional<Entry> find(EntryPath path) {
    return manifest().entries().stream().filter(entry -> entry.path().equals(path)).findFirst();
  }

  @Override
  public InputStream open(Entry entry) throws IOException {
    for (ClusterPlace place : places) {
      if (entry.path().value().startsWith(place.prefix())) {
        var within = new EntryPath(entry.path().value().substring(place.prefix().length()));
        return sample.open(sample.find(within).orElseThrow());
      }
    }
    throw new IOException("no such entry: " + entry.path());
  }

  public String page() throws IOException {
    var out = new ByteArrayOutputStream();
    new ReportWriter().write(this, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Item in(ClusterPlace place, Item item) {
    return new Item(
        place.item(item.id()),
        item.kind(),
        item.node(),
        item.name(),
        item.outcome(),
        item.receivedBytes(),
        item.took(),
        place.folder());
  }

  private static Entry in(ClusterPlace place, Entry entry) {
    return new Entry(
        place.path(entry.path()),
        entry.bytes(),
        entry.sha256(),
        entry.offset(),
        entry.compressedBytes(),
        entry.lines(),
        entry.modified(),
        place.item(entry.item()),
        entry.redactions());
  }
}

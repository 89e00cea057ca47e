package dev.diagbundle.bundle.merge;

import module java.base;

import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.TimeWindow;

/// The clusters of several bundles: which are identical, and their location in the merged bundle.
final class MergedClusters {
  private static final EntryPath ABOVE = EntryPath.of(BundleLayout.CLUSTERS);

  private final List<List<Manifest.Part>> clusters = new ArrayList<>();
  private final List<Set<String>> origins = new ArrayList<>();
  private final List<ClusterPlace> places = new ArrayList<>();

  /// @param runs the runs of the bundles
  MergedClusters(List<Manifest.Run> runs) {
    for (int source = 0; source < runs.size(); source++) {
      for (Manifest.Part part : runs.get(source).clusters()) {
        int same = same(source, part.identity());
        if (same == clusters.size()) {
          clusters.add(new ArrayList<>());
          origins.add(new HashSet<>());
        }
        clusters.get(same).add(part);
        origins.get(same).add(origin(source, part.place()));
      }
    }
    var taken = new HashSet<String>();
    for (List<Manifest.Part> parts : clusters) {
      places.add(clusters.size() == 1 ? ClusterPlace.TOP : free(parts.getFirst(), taken));
    }
  }

  boolean areSeveral() {
    return clusters.size() > 1;
  }

  int count() {
    return clusters.size();
  }

  /// The new place of a source place; empty if that bundle names no such cluster.
  Optional<ClusterPlace> place(int source, ClusterPlace was) {
    for (int i = 0; i < clusters.size(); i++) {
      if (origins.get(i).contains(origin(source, was))) {
        return Optional.of(places.get(i));
      }
    }
    return Optional.empty();
  }

  /// Each cluster with the span of time that its bundles cover together.
  List<Manifest.Part> parts() {
    var joined = new ArrayList<Manifest.Part>();
    for (int i = 0; i < clusters.size(); i++) {
      joined.add(joined(clusters.get(i), places.get(i)));
    }
    return joined;
  }

  private static Manifest.Part joined(List<Manifest.Part> parts, ClusterPlace place) {
    var answered = parts.stream().filter(Manifest.Part::answered).toList();
    var told = answered.isEmpty() ? parts : answered;
    var first = told.getFirst();
    var from = told.stream().map(part -> part.window().from()).min(Instant::compareTo);
    var to = told.stream().map(part -> part.window().to()).max(Instant::compareTo);
    var started = told.stream().map(Manifest.Part::started).min(Instant::compareTo);
    var identity =
        told.stream()
            .map(Manifest.Part::identity)
            .filter(known -> !known.server().isEmpty())
            .findFirst()
            .orElse(first.identity());
    return new Manifest.Part(
        place,
        identity,
        new TimeWindow(from.orElseThrow(), to.orElseThrow()),
        started.orElseThrow(),
        first.clockSkew(),
        first.failure());
  }

  /// The number of the cluster that is the same one; of a bundle that a killed run has left, only
  /// the name is known. Clusters that are separate in one bundle stay separate.
  private int same(int source, Manifest.ClusterIdentity identity) {
    for (int i = 0; i < clusters.size(); i++) {
      if (origins.get(i).stream().anyMatch(origin -> origin.startsWith(source + "/"))) {
        continue;
      }
      for (Manifest.Part part : clusters.get(i)) {
        var known = part.identity();
        boolean sameServer =
            known.server().equals(identity.server())
                || known.server().isEmpty()
                || identity.server().isEmpty();
        if (sameServer && known.name().equals(identity.name())) {
          return i;
        }
      }
    }
    return clusters.size();
  }

  private static ClusterPlace free(Manifest.Part part, Set<String> taken) {
    var context = part.identity().context();
    var wanted =
        !part.place().folder().isEmpty()
            ? part.place().folder()
            : context.isEmpty() ? part.identity().name() : context;
    var name = ABOVE.child(wanted).fileName();
    for (int number = 2; !taken.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = ABOVE.child(wanted + "-" + number).fileName();
    }
    return new ClusterPlace(name);
  }

  private static String origin(int source, ClusterPlace place) {
    return source + "/" + place.folder();
  }
}

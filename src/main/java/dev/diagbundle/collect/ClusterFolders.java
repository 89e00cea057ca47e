package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.manifest.ClusterPlace;
import dev.diagbundle.model.EntryPath;

/// The places of clusters in a bundle: one folder per cluster, named after its context. Names may
/// be anything, and may be the same: file systems on which letter case does not count, or which
/// compose letters and accents, must not make one folder of two.
final class ClusterFolders {
  private static final EntryPath ABOVE = EntryPath.of("clusters");

  private ClusterFolders() {}

  /// The place of each target, in their order; the top of the bundle for a single target.
  static List<ClusterPlace> of(List<ClusterTarget> targets) {
    if (targets.size() == 1) {
      return List.of(ClusterPlace.TOP);
    }
    var wanted = new HashMap<String, Integer>();
    targets.forEach(target -> wanted.merge(folded(target.context()), 1, Integer::sum));
    var taken = new HashSet<String>();
    var places = new ArrayList<ClusterPlace>();
    for (ClusterTarget target : targets) {
      boolean shared = wanted.getOrDefault(folded(target.context()), 0) > 1;
      var name =
          shared && !target.origin().isEmpty()
              ? target.context() + "@" + target.origin()
              : target.context();
      var free = name;
      for (int number = 2; !taken.add(folded(free)); number++) {
        free = name + "-" + number;
      }
      places.add(new ClusterPlace(folder(free)));
    }
    return List.copyOf(places);
  }

  private static String folder(String name) {
    return ABOVE.child(name).fileName();
  }

  private static String folded(String name) {
    var composed = Normalizer.normalize(folder(name), Normalizer.Form.NFKC);
    return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}

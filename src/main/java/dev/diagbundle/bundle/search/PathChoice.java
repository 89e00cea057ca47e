package dev.diagbundle.bundle.search;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.PickedList;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The selection of a bundle's files by paths, folders and globs. A word that is the path of a file
/// or a folder means that, even if it contains glob characters.
///
/// @param words as given; none means everything
public record PathChoice(List<String> words) implements Predicate<EntryPath> {
  /// Everything.
  public static final PathChoice ALL = new PathChoice(List.of());

  public PathChoice {
    words = List.copyOf(words);
  }

  /// The choice of these words.
  ///
  /// @throws DiagbundleException if one cannot be a path or a glob
  public static PathChoice of(List<String> words) throws DiagbundleException {
    var clean = new ArrayList<String>();
    for (String word : words) {
      var path = word.startsWith("./") ? word.substring(2) : word;
      while (path.endsWith("/")) {
        path = path.substring(0, path.length() - 1);
      }
      var problem = Glob.problem(path);
      if (problem.isPresent() && !isPath(path)) {
        throw new DiagbundleException(
            Problem.usage("'" + Printable.line(word) + "' is no path or glob: " + problem.get()));
      }
      clean.add(path);
    }
    return new PathChoice(clean);
  }

  @Override
  public boolean test(EntryPath path) {
    return words.isEmpty() || words.stream().anyMatch(word -> means(word, path.value()));
  }

  /// Like [#test], for many paths: the words are resolved once.
  public Predicate<EntryPath> predicate() {
    var meanings = words.stream().map(PathChoice::meaning).toList();
    return path ->
        meanings.isEmpty() || meanings.stream().anyMatch(meaning -> meaning.test(path.value()));
  }

  /// The files that are chosen, sorted by path.
  ///
  /// @throws DiagbundleException if a word chooses nothing
  public List<Entry> from(List<Entry> files) throws DiagbundleException {
    record Chosen(String path, int place) {}
    var chosen = new ArrayList<Chosen>();
    int place = 0;
    var hit = new boolean[words.size()];
    var tests = words.stream().map(PathChoice::meaning).toList();
    for (Entry file : files) {
      boolean any = words.isEmpty();
      var path = file.path().value();
      for (int i = 0; i < hit.length; i++) {
        if (tests.get(i).test(path)) {
          hit[i] = true;
          any = true;
        }
      }
      if (any) {
        chosen.add(new Chosen(path, place));
      }
      place++;
    }
    for (int i = 0; i < hit.length; i++) {
      if (!hit[i]) {
        throw new DiagbundleException(
            Problem.failure("no file '" + Printable.line(words.get(i)) + "' in the bundle")
                .withHint("'diagbundle ls' shows what is there."));
      }
    }
    chosen.sort(Comparator.comparing(Chosen::path));
    var picked = new PickedList<>(files);
    chosen.forEach(one -> picked.pick(one.place));
    return picked;
  }

  private static boolean means(String word, String path) {
    return meaning(word).test(path);
  }

  private static Predicate<String> meaning(String word) {
    Predicate<String> exact = path -> path.equals(word) || path.startsWith(word + "/");
    return Glob.problem(word).isEmpty() ? exact.or(new Glob(word).matcher()) : exact;
  }

  private static boolean isPath(String word) {
    try {
      return !new EntryPath(word).value().isEmpty();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}

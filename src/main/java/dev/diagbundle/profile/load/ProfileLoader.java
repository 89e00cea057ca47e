package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.yaml.ProblemList;
import dev.diagbundle.profile.yaml.Violation;
import dev.diagbundle.profile.yaml.YamlNode;
import dev.diagbundle.profile.yaml.YamlReader;

/// Loader of profiles with all that they extend, each file once, and of the problems of all files.
/// For one call; not for several threads.
final class ProfileLoader {
  private static final int MAX_CHAIN = 16;

  private final Set<Problem> problems = new LinkedHashSet<>();
  private final Map<String, Optional<ProfileDraft>> finished = new HashMap<>();
  private final Deque<ProfileSource> chain = new ArrayDeque<>();

  /// In the order of the files, within a file by position.
  List<Problem> problems() {
    return List.copyOf(problems);
  }

  /// The profile merged over all that it extends; empty if that has problems.
  Optional<ProfileDraft> load(ProfileSource source) {
    var known = finished.get(identity(source));
    if (known != null) {
      return known;
    }
    chain.addLast(source);
    Optional<ProfileDraft> draft;
    try {
      draft = read(source);
    } catch (DiagbundleException e) {
      problems.addAll(e.problems());
      draft = Optional.empty();
    }
    chain.removeLast();
    finished.put(identity(source), draft);
    return draft;
  }

  private Optional<ProfileDraft> read(ProfileSource source) throws DiagbundleException {
    var own = new ProblemList(source.shown());
    var root = YamlReader.read(source.content(), own);
    if (root.isEmpty()) {
      problems.addAll(own.sorted());
      return Optional.empty();
    }
    new ShapeChecker(own).check(root.get(), ProfileFormat.PROFILE, root.get().position());
    FindingsFormat.check(root.get(), own);
    var extended = extended(source, root.get(), own);
    problems.addAll(own.sorted());
    var bases = extended.stream().map(this::load).toList();
    if (!own.isEmpty() || bases.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    var draft = ProfileDraft.of(root.get(), source.shown());
    return Optional.of(
        bases.stream()
            .map(Optional::orElseThrow)
            .reduce((base, next) -> next.over(base))
            .map(draft::over)
            .orElse(draft));
  }

  private List<ProfileSource> extended(ProfileSource source, YamlNode root, ProblemList own) {
    var found = new ArrayList<ProfileSource>();
    for (var element : MappingValues.of(root).elements("extends")) {
      if (!(element instanceof YamlNode.Scalar scalar)
          || !scalar.isText()
          || TextForm.REFERENCE.fault(scalar.text()).isPresent()) {
        continue;
      }
      try {
        var referred = source.referred(scalar.text());
        var cycle = cycle(referred);
        if (cycle.isPresent()) {
          own.add(scalar.position(), "profile extends itself: " + cycle.get());
        } else if (chain.size() >= MAX_CHAIN) {
          own.add(scalar.position(), "chain of extended profiles is longer than " + MAX_CHAIN);
        } else {
          found.add(referred);
        }
      } catch (DiagbundleException e) {
        for (var problem : e.problems()) {
          own.add(scalar.position(), new Violation(problem.message(), problem.hint()));
        }
      }
    }
    return found;
  }

  private Optional<String> cycle(ProfileSource again) {
    var links = chain.stream().map(ProfileLoader::identity).toList();
    int at = links.indexOf(identity(again));
    if (at < 0) {
      return Optional.empty();
    }
    return Optional.of(
        chain.stream()
            .skip(at)
            .map(ProfileSource::shown)
            .collect(Collectors.joining(" -> ", "", " -> " + again.shown())));
  }

  private static String identity(ProfileSource source) {
    return switch (source) {
      case ProfileSource.BuiltIn(String name) -> name;
      case ProfileSource.Merged merged -> "bundle:" + merged.shown();
      case ProfileSource.AtPath(Path path) -> path.toAbsolutePath().normalize().toString();
    };
  }
}

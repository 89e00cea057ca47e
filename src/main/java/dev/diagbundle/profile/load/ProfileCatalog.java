package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.yaml.YamlReader;

/// The catalogue of profiles: the built-in ones by name, others by file path.
public final class ProfileCatalog {
  private ProfileCatalog() {}

  /// The names of the built-in profiles, the most general first.
  public static List<String> names() {
    return ProfileSource.BuiltIn.NAMES;
  }

  /// The descriptions of the built-in profiles by name, in the order of [#names].
  ///
  /// @throws DiagbundleException if the jar cannot be read
  public static Map<String, String> descriptions() throws DiagbundleException {
    var descriptions = new LinkedHashMap<String, String>();
    for (String name : names()) {
      descriptions.put(name, load(List.of(name)).description());
    }
    return descriptions;
  }

  /// The profiles merged in order: values of a later one win, an item replaces an earlier one of
  /// the same name, and the names are joined by `+`. A profile that is named twice counts once.
  ///
  /// @param namesOrFiles at least one; a file is what contains a `/`, ends in `.yaml` or `.yml`, or
  ///   exists and is no built-in profile
  /// @throws DiagbundleException with all problems of all profiles, if there are any
  public static Profile load(List<String> namesOrFiles) throws DiagbundleException {
    return loadWithOrigins(namesOrFiles).profile();
  }

  /// A profile from a bundle, merged as [ProfileText#yaml] writes it. It is untrusted.
  ///
  /// @param shown its place, as messages name it
  /// @throws DiagbundleException with all its problems, if there are any
  public static Profile read(String shown, InputStream in) throws DiagbundleException, IOException {
    var loader = new ProfileLoader();
    var text = new String(in.readNBytes(YamlReader.MAX_BYTES + 1), StandardCharsets.UTF_8);
    var draft = loader.load(new ProfileSource.Merged(shown, text));
    if (draft.isEmpty()) {
      throw new DiagbundleException(loader.problems());
    }
    return draft.get().profile();
  }

  /// Like [#load], with the origin of each item.
  ///
  /// @throws DiagbundleException with all problems of all profiles, if there are any
  public static LoadedProfile loadWithOrigins(List<String> namesOrFiles)
      throws DiagbundleException {
    if (namesOrFiles.isEmpty()) {
      throw new IllegalArgumentException("no profile named");
    }
    var problems = new ArrayList<Problem>();
    var loader = new ProfileLoader();
    var drafts = new ArrayList<ProfileDraft>();
    for (String nameOrFile : new LinkedHashSet<>(namesOrFiles)) {
      try {
        loader.load(ProfileSource.named(nameOrFile, Path.of(""))).ifPresent(drafts::add);
      } catch (DiagbundleException e) {
        problems.addAll(e.problems());
      }
    }
    problems.addAll(loader.problems());
    if (!problems.isEmpty()) {
      throw new DiagbundleException(problems);
    }
    var name = drafts.stream().map(ProfileDraft::name).distinct().collect(Collectors.joining("+"));
    var merged = drafts.stream().reduce((base, next) -> next.over(base)).orElseThrow().named(name);
    return new LoadedProfile(
        merged.profile(),
        merged.items().stream()
            .collect(
                Collectors.toMap(item -> item.spec().name(), ProfileDraft.OriginatedItem::origin)));
  }
}

package dev.diagbundle.collect.inventory;

import module java.base;

import dev.diagbundle.model.Glob;
import dev.diagbundle.profile.ItemSpec;
import java.util.regex.Pattern;

/// The filter of the types that an item requests: by plural names, by `plural.group`, by globs over
/// either, and for custom resources by globs over the names of their definitions.
public final class TypeFilter {
  private static final Pattern GLOB = Pattern.compile("[*?]");

  private final List<Name> resources;
  private final List<Name> excluded;
  private final List<Predicate<String>> custom;

  /// One name of the profile.
  ///
  /// @param text of the name as written
  /// @param isGlob true if it is a glob, which may match many types and requires none of them
  /// @param matcher for the names of types
  private record Name(String text, boolean isGlob, Predicate<String> matcher) {
    static Name of(String text) {
      boolean isGlob = GLOB.matcher(text).find();
      return new Name(text, isGlob, isGlob ? new Glob(text).matcher() : text::equals);
    }

    boolean isUnknown() {
      return isGlob || ResourceType.known(text).isEmpty();
    }

    boolean means(ResourceType type) {
      return matcher.test(type.plural()) || matcher.test(type.name());
    }
  }

  public TypeFilter(ItemSpec.ClusterDump spec) {
    this.resources = spec.resources().stream().map(Name::of).toList();
    this.excluded = spec.exclude().stream().map(Name::of).toList();
    this.custom = spec.crds().stream().map(Glob::matcher).toList();
  }

  /// The well-known types among them that are listed by name.
  public List<ResourceType> wellKnown() {
    return resources.stream()
        .flatMap(name -> ResourceType.known(name.text()).stream())
        .filter(type -> !excludes(type))
        .toList();
  }

  /// Returns whether some types can only be found in the server's own list of its types.
  public boolean needsServed() {
    return resources.stream().anyMatch(Name::isUnknown);
  }

  /// Returns whether a served type is requested by a name that only the server's list can resolve.
  public boolean wantsServed(ResourceType type) {
    return !excludes(type)
        && resources.stream()
            .filter(Name::isUnknown)
            .anyMatch(name -> name.means(type) && !(name.isGlob() && isDouble(type)));
  }

  /// Returns whether a definition's objects are requested.
  public boolean wantsCustom(ResourceType type) {
    return !excludes(type) && custom.stream().anyMatch(glob -> glob.test(type.name()));
  }

  /// Returns whether the type is requested, however it is found.
  boolean wants(ResourceType type) {
    return wantsCustom(type)
        || (!excludes(type) && resources.stream().anyMatch(name -> name.means(type)));
  }

  /// The names that match none of the types that the server serves.
  public List<String> unserved(List<ResourceType> served) {
    return resources.stream()
        .filter(Name::isUnknown)
        .filter(name -> served.stream().noneMatch(name::means))
        .map(Name::text)
        .toList();
  }

  private boolean excludes(ResourceType type) {
    return excluded.stream().anyMatch(name -> name.means(type));
  }

  /// Returns whether the type duplicates another: events are served by two groups, and are listed
  /// from the core one.
  private static boolean isDouble(ResourceType type) {
    return type.name().equals("events.events.k8s.io");
  }
}

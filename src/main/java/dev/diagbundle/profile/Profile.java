package dev.diagbundle.profile;

import module java.base;

import dev.diagbundle.model.checks.FindingSettings;

/// A profile: the items to collect and their limits, merged from one or more files.
///
/// @param name of one profile, or of several joined by `+`
/// @param description one line for people
/// @param window default time window if the command line does not specify one
/// @param nodes the nodes that node items apply to
/// @param collect the items, in the order of the files
/// @param limits for the whole run
/// @param findings settings of the analysis at the end
public record Profile(
    String name,
    String description,
    Duration window,
    NodeSelection nodes,
    List<ItemSpec> collect,
    Limits limits,
    FindingSettings findings) {
  /// The time window if no profile specifies one.
  public static final Duration DEFAULT_WINDOW = Duration.ofHours(6);

  public Profile {
    collect = List.copyOf(collect);
  }

  /// A profile that tunes no findings.
  public Profile(
      String name,
      String description,
      Duration window,
      NodeSelection nodes,
      List<ItemSpec> collect,
      Limits limits) {
    this(name, description, window, nodes, collect, limits, FindingSettings.NONE);
  }

  /// The same with other limits.
  public Profile within(Limits other) {
    return new Profile(name, description, window, nodes, collect, other, findings);
  }

  /// The same with other settings of the findings.
  public Profile finding(FindingSettings other) {
    return new Profile(name, description, window, nodes, collect, limits, other);
  }
}

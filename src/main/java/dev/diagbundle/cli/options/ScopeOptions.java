package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The scope of a run: namespaces, nodes, time window and profile items.
public final class ScopeOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace to collect from; repeatable. Default: all.")
  private List<String> namespaces = List.of();

  @Option(
      names = "--node",
      paramLabel = "NAME|GLOB",
      description = "Node to collect from; repeatable. Default: all.")
  private List<String> nodes = List.of();

  @Mixin private final NodeSelectorOptions nodeSelector = new NodeSelectorOptions();

  @Mixin private final TimeOptions time = new TimeOptions();

  @Option(
      names = "--only",
      paramLabel = "ITEM",
      description = "Profile item to collect; repeatable. Default: all.")
  private List<String> only = List.of();

  @Option(names = "--skip", paramLabel = "ITEM", description = "Profile item to skip; repeatable.")
  private List<String> skip = List.of();

  /// The part of the clusters and of the profile that these options choose.
  public CollectRequest.Selection selection(Profile profile) throws DiagbundleException {
    return new CollectRequest.Selection(
        nodeSelection(),
        namespaces,
        known("--only", only, profile),
        known("--skip", skip, profile));
  }

  NodeSelection nodeSelection() throws DiagbundleException {
    return nodeSelector.selection(nodes);
  }

  public WindowSpec window() throws DiagbundleException {
    return time.window();
  }

  private static Set<String> known(String option, List<String> names, Profile profile)
      throws DiagbundleException {
    var items = profile.collect().stream().map(ItemSpec::name).collect(Collectors.toSet());
    for (String name : names) {
      if (!items.contains(name)) {
        throw new DiagbundleException(
            Problem.usage(option + " '" + name + "': no such item in profile " + profile.name())
                .withHint("items: " + items.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
    return new HashSet<>(names);
  }
}

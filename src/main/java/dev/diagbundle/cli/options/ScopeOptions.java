package dev.diagbundle.cli.options;

import dev.diagbundle.collect.CollectRequest;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LabelSelector;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.WindowSpec;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Which part of the cluster, of time and of the profile.
public final class ScopeOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Ask for objects of this namespace only; repeatable.")
  private List<String> namespaces = List.of();

  @Option(
      names = "--node",
      paramLabel = "NAME|GLOB",
      description = "Only nodes with such names; repeatable.")
  private List<String> nodes = List.of();

  @Option(
      names = "--node-selector",
      paramLabel = "SELECTOR",
      description = "Only nodes with such labels, as in kubernetes.io/os=windows.")
  private @Nullable String nodeSelector;

  @Mixin private final TimeOptions time = new TimeOptions();

  @Option(
      names = "--only",
      paramLabel = "ITEM",
      description = "Only this item of the profile, by name; repeatable.")
  private List<String> only = List.of();

  @Option(
      names = "--skip",
      paramLabel = "ITEM",
      description = "Not this item of the profile; repeatable.")
  private List<String> skip = List.of();

  /// The part of the clusters and of the profile that these options choose.
  public CollectRequest.Selection selection(Profile profile) throws DiagbundleException {
    return new CollectRequest.Selection(
        nodeSelection(),
        namespaces,
        known("--only", only, profile),
        known("--skip", skip, profile));
  }

  private NodeSelection nodeSelection() throws DiagbundleException {
    var globs = new ArrayList<Glob>();
    for (String node : nodes) {
      var problem = Glob.problem(node);
      if (problem.isPresent()) {
        throw usage("--node '" + node + "' is no name or glob: " + problem.get());
      }
      globs.add(new Glob(node));
    }
    if (nodeSelector != null && LabelSelector.parse(nodeSelector).isEmpty()) {
      throw usage("--node-selector '" + nodeSelector + "' is no label selector");
    }
    return new NodeSelection(Optional.ofNullable(nodeSelector), globs);
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
            Problem.usage(option + " '" + name + "' is no item of profile " + profile.name())
                .withHint("it has " + items.stream().sorted().collect(Collectors.joining(", "))));
      }
    }
    return new HashSet<>(names);
  }

  private static DiagbundleException usage(String message) {
    return new DiagbundleException(Problem.usage(message));
  }
}

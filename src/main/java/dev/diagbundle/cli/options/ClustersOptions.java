package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cluster.KubeConnection;
import dev.diagbundle.cluster.KubeContexts;
import dev.diagbundle.cluster.KubeContexts.KubeContext;
import dev.diagbundle.collect.ClusterTarget;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.load.Suggestion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The clusters that a command connects to: one, or several in parallel.
public final class ClustersOptions {
  private static final int MAX_NAMED = 20;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE|FOLDER",
      description = {
        "Kubeconfig file, or a folder of kubeconfig files.",
        "Default: $KUBECONFIG, then ~/.kube/config, then",
        "the pod's service account."
      })
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description =
          "Kubeconfig context; repeatable, to collect from several clusters. Default: the current"
              + " context.")
  private List<String> contexts = List.of();

  @Option(
      names = "--all-contexts",
      description = "All contexts of the kubeconfig, or of every file in the folder.")
  private boolean all;

  @Option(names = "--demo", description = "Use the built-in demo cluster.")
  private boolean demo;

  public boolean demo() {
    return demo;
  }

  /// The selected clusters, each once. A problem of the only cluster is thrown; of several, only an
  /// unknown name: others concern one cluster and show when the run begins.
  public List<ClusterTarget> targets(Session session, Verbosity verbosity)
      throws DiagbundleException {
    var names = contexts.stream().distinct().toList();
    if (all && !names.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("--all-contexts cannot be combined with --context"));
    }
    boolean folder = kubeconfig != null && Files.isDirectory(kubeconfig);
    if (folder && !all && names.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("kubeconfig '" + kubeconfig + "' is a folder")
              .withHint("add --all-contexts, or select contexts with --context"));
    }
    var environment = session.environment();
    var place = Optional.ofNullable(kubeconfig);
    if (!all && !folder && names.size() <= 1) {
      return List.of(
          ClusterTarget.of(KubeConnection.of(place, names.stream().findFirst(), environment)));
    }
    if (place.isPresent() && !Files.exists(place.get())) {
      throw new DiagbundleException(
          Problem.usage("kubeconfig '" + place.get() + "' does not exist"));
    }
    var known = KubeContexts.read(place);
    session.terminal().note(known.notices(), verbosity);
    var chosen = chosen(known, names);
    if (chosen.size() == 1) {
      return List.of(ClusterTarget.of(chosen.getFirst().connect(environment)));
    }
    var targets = new ArrayList<ClusterTarget>();
    for (KubeContext context : chosen) {
      targets.add(
          new ClusterTarget(context.name(), origin(context), () -> context.connect(environment)));
    }
    return targets;
  }

  private static List<KubeContext> chosen(KubeContexts known, List<String> names)
      throws DiagbundleException {
    var problems = new ArrayList<Problem>();
    for (String name : names) {
      if (!known.names().contains(name)) {
        var question = Suggestion.question(name, known.names());
        problems.add(
            Problem.usage("context '" + name + "' is not in the kubeconfig" + question)
                .withHint("contexts: " + listed(known)));
      }
    }
    if (!problems.isEmpty()) {
      throw new DiagbundleException(problems);
    }
    if (names.isEmpty()) {
      return known.contexts();
    }
    // In the order in which they were named.
    return names.stream()
        .flatMap(name -> known.contexts().stream().filter(one -> one.name().equals(name)))
        .toList();
  }

  private static String listed(KubeContexts known) {
    var names = known.names().stream().limit(MAX_NAMED).toList();
    int more = known.names().size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
  }

  private static String origin(KubeContext context) {
    return context.file().map(file -> String.valueOf(file.getFileName())).orElse("");
  }
}

package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.cli.terminal.PluginTerminal;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Verbosity;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.collect.ClusterTarget;
import dev.diagbundle.kubeconfig.access.ClusterAccess;
import dev.diagbundle.kubeconfig.access.KubeContexts;
import dev.diagbundle.kubeconfig.access.KubeContexts.KubeContext;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.load.Suggestion;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The clusters that a command connects to: one, or several in parallel.
public final class ClustersOptions {
  private static final int MAX_NAMED = 20;

  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  @Option(
      names = "--all-contexts",
      description = {
        "All contexts of the kubeconfig, or of every file in a",
        "folder that --kubeconfig names. To select some of",
        "them, repeat --context."
      })
  private boolean all;

  public boolean demo() {
    return cluster.demo();
  }

  /// The client options with those of the command line.
  public ClientOptions limited(ClientOptions client) {
    return cluster.limited(client);
  }

  /// The argument of a command line without the secrets that it may contain.
  public static String withoutSecret(String argument) {
    return AccessOptions.withoutSecret(argument);
  }

  /// The selected clusters, each once. A problem of the only cluster is thrown; of several, only an
  /// unknown name: others concern one cluster and show when the run begins.
  ///
  /// @param plugins the terminal for credential plugins
  public List<ClusterTarget> targets(Session session, PluginTerminal plugins, Verbosity verbosity)
      throws DiagbundleException {
    var names = cluster.contexts();
    if (all && !names.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("--all-contexts cannot be combined with --context"));
    }
    var place = cluster.kubeconfig();
    boolean folder = place.filter(Files::isDirectory).isPresent();
    if (folder && !all && names.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("kubeconfig '" + place.get() + "' is a folder")
              .withHint("add --all-contexts, or select contexts with --context"));
    }
    var overrides = cluster.overrides(session);
    var surroundings = ClusterOptions.surroundings(session, plugins);
    if (!all && !folder && names.size() <= 1) {
      var selected = overrides.withContext(names.stream().findFirst());
      return List.of(
          ClusterTarget.of(ClusterAccess.resolve(cluster.config(session), selected, surroundings)));
    }
    var known = folder ? KubeContexts.in(place.get()) : KubeContexts.of(cluster.config(session));
    session.terminal().note(known.notices(), verbosity);
    if (known.contexts().isEmpty()) {
      throw new DiagbundleException(
          Problem.usage(
              place
                  .map(name -> "no contexts in '" + name + "'")
                  .orElse("no kubeconfig has a context")));
    }
    var chosen = chosen(known, names);
    if (chosen.size() == 1) {
      return List.of(ClusterTarget.of(chosen.getFirst().connect(overrides, surroundings)));
    }
    if (cluster.ofOneCluster().isPresent()) {
      throw new DiagbundleException(
          Problem.usage(
              cluster.ofOneCluster().get() + " cannot be combined with several contexts"));
    }
    var targets = new ArrayList<ClusterTarget>();
    for (KubeContext context : chosen) {
      targets.add(
          new ClusterTarget(
              context.name(), context.origin(), () -> context.connect(overrides, surroundings)));
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
}

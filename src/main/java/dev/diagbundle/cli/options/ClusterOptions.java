package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.cli.terminal.PluginTerminal;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cluster.ClientOptions;
import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.access.ClusterAccess;
import dev.diagbundle.kubeconfig.access.Overrides;
import dev.diagbundle.kubeconfig.access.Surroundings;
import dev.diagbundle.kubeconfig.file.Kubeconfig;
import dev.diagbundle.kubeconfig.file.KubeconfigFiles;
import dev.diagbundle.kubeconfig.plugin.CredentialPlugins;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// The cluster that a command connects to.
public final class ClusterOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = {
        "Kubeconfig file. Default: $KUBECONFIG, then",
        "~/.kube/config, then the pod's service account."
      })
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Kubeconfig context. Default: the current context.")
  private List<String> contexts = List.of();

  @Option(names = "--demo", description = "Use the built-in demo cluster.")
  private boolean demo;

  @ArgGroup(validate = false, heading = "%nAccess, as in kubectl:%n")
  private AccessOptions access = new AccessOptions();

  public boolean demo() {
    return demo;
  }

  /// The connection to the cluster.
  ///
  /// @throws DiagbundleException if there is none
  public ClusterConnection connection(Session session) throws DiagbundleException {
    if (contexts.size() > 1) {
      throw new DiagbundleException(
          Problem.usage("--context can be given only once for this command"));
    }
    var overrides = overrides(session).withContext(contexts.stream().findFirst());
    var surroundings = surroundings(session, new PluginTerminal(session.terminal()));
    return ClusterAccess.resolve(config(session), overrides, surroundings);
  }

  /// The client options with those of the command line.
  public ClientOptions limited(ClientOptions client) {
    return access.limited(client);
  }

  Optional<Path> kubeconfig() {
    return Optional.ofNullable(kubeconfig).filter(path -> !path.toString().isEmpty());
  }

  /// The selected contexts, each once.
  List<String> contexts() {
    return contexts.stream().distinct().toList();
  }

  Overrides overrides(Session session) throws DiagbundleException {
    return access.overrides(session);
  }

  /// The name of an option that makes sense for one cluster only, if there is one.
  Optional<String> ofOneCluster() {
    return access.ofOneCluster();
  }

  Kubeconfig config(Session session) throws DiagbundleException {
    return kubeconfig().isPresent()
        ? KubeconfigFiles.read(kubeconfig().get())
        : KubeconfigFiles.readUsual(
            session.environment(), Surroundings.home(session.environment()));
  }

  static Surroundings surroundings(Session session, PluginTerminal plugins) {
    var environment = session.environment();
    return new Surroundings(
        environment,
        Surroundings.SERVICE_ACCOUNT,
        new CredentialPlugins(environment, plugins, session.clock(), session.ticker()),
        session.clock(),
        session.ticker());
  }
}

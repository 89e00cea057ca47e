package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.file.ExecEntry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Ticker;

/// The credential plugins of a command. Users with the same plugin and the same settings share its
/// credentials, so that it runs once. Safe for use by many threads.
public final class CredentialPlugins {
  private static final Set<String> VERSIONS =
      Set.of("client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1");

  private final Map<String, String> environment;
  private final PluginHost host;
  private final Clock clock;
  private final Ticker ticker;
  private final Map<Key, CredentialPlugin> plugins = new ConcurrentHashMap<>();

  /// Equal keys give equal credentials.
  private record Key(ExecEntry config, Optional<ClusterInfo> cluster) {}

  /// @param environment the process's environment variables
  public CredentialPlugins(
      Map<String, String> environment, PluginHost host, Clock clock, Ticker ticker) {
    this.environment = Map.copyOf(environment);
    this.host = host;
    this.clock = clock;
    this.ticker = ticker;
  }

  /// The credentials of a plugin, which is not run yet.
  ///
  /// @param user its name, for messages
  /// @throws DiagbundleException if its version of the protocol is not supported
  public CredentialSource of(ExecEntry config, ClusterInfo cluster, String user)
      throws DiagbundleException {
    if (!VERSIONS.contains(config.apiVersion())) {
      throw new DiagbundleException(
          Problem.usage(
                  "exec of user '"
                      + user
                      + "' has the unsupported apiVersion '"
                      + config.apiVersion()
                      + "'")
              .withHint("supported: client.authentication.k8s.io/v1 and v1beta1"));
    }
    var told = config.provideClusterInfo() ? Optional.of(cluster) : Optional.<ClusterInfo>empty();
    return plugins.computeIfAbsent(
        new Key(config, told),
        _ -> new CredentialPlugin(config, told, user, environment, host, clock, ticker));
  }
}

package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.plugin.CredentialPlugins;
import dev.diagbundle.model.Ticker;

/// The process and its machine, as far as they matter for access to a cluster.
///
/// @param environment the environment variables
/// @param serviceAccount the folder of a pod's service account
/// @param plugins the credential plugins of the command
/// @param ticker the clock for the age of files that were read
public record Surroundings(
    Map<String, String> environment,
    Path serviceAccount,
    CredentialPlugins plugins,
    Clock clock,
    Ticker ticker) {
  /// The folder of the service account in every pod.
  public static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

  /// The home folder of the user, as kubectl finds it.
  public static Path home(Map<String, String> environment) {
    var name = File.separatorChar == '/' ? "HOME" : "USERPROFILE";
    var home = environment.getOrDefault(name, "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", ".") : home);
  }

  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}

package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.ClusterConnection.Names;
import dev.diagbundle.kubeconfig.file.ClusterEntry;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.model.DiagbundleException;

/// The connection of a pod to its own cluster with its service account, as client-go makes it
/// (`rest.InClusterConfig`).
final class PodAccess {
  private static final String HOST = "KUBERNETES_SERVICE_HOST";
  private static final String PORT = "KUBERNETES_SERVICE_PORT";

  private PodAccess() {}

  /// Returns whether this process runs in a pod with a service account.
  static boolean isPossible(Surroundings surroundings) {
    return surroundings.variable(HOST).isPresent()
        && surroundings.variable(PORT).isPresent()
        && Files.isRegularFile(surroundings.serviceAccount().resolve("token"));
  }

  /// The connection. Options for the user and the cluster replace parts of it.
  ///
  /// @throws DiagbundleException if the token cannot be read
  static ClusterConnection connection(Overrides overrides, Surroundings surroundings)
      throws DiagbundleException {
    var host = surroundings.variable(HOST).orElseThrow();
    var address = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    var server = "https://" + address + ":" + surroundings.variable(PORT).orElseThrow();
    var folder = surroundings.serviceAccount();
    var authority = folder.resolve("ca.crt");
    var cluster =
        new ClusterEntry(
            Optional.of(server),
            Optional.empty(),
            false,
            Files.isReadable(authority) ? Optional.of(authority.toString()) : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty());
    var token =
        overrides.identify()
            ? Optional.<String>empty()
            : Optional.of(folder.resolve("token").toString());
    var none = UserEntry.EMPTY;
    var user =
        new UserEntry(
            none.certificate(),
            none.certificateData(),
            none.key(),
            none.keyData(),
            none.token(),
            token,
            none.username(),
            none.password(),
            none.as(),
            none.asUid(),
            none.asGroups(),
            none.asExtra(),
            none.authProvider(),
            none.exec());
    var names = new Names("in-cluster", "", "", namespace(surroundings));
    return new ConnectionParts(
            names, overrides.applied(cluster), overrides.applied(user), surroundings)
        .connection();
  }

  private static Optional<String> namespace(Surroundings surroundings) {
    var named = surroundings.variable("POD_NAMESPACE");
    if (named.isPresent()) {
      return named;
    }
    try {
      var file = surroundings.serviceAccount().resolve("namespace");
      return Optional.of(Files.readString(file).strip()).filter(name -> !name.isEmpty());
    } catch (IOException _) {
      return Optional.empty();
    }
  }
}

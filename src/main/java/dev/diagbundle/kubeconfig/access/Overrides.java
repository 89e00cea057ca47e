package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.file.ClusterEntry;
import dev.diagbundle.kubeconfig.file.UserEntry;

/// The options that select or replace parts of a kubeconfig.
///
/// @param context to use instead of the current one
/// @param clusterName name of the cluster to use instead of the context's
/// @param userName name of the user to use instead of the context's
/// @param cluster fields that replace those of the cluster
/// @param user fields that replace those of the user
public record Overrides(
    Optional<String> context,
    Optional<String> clusterName,
    Optional<String> userName,
    ClusterEntry cluster,
    UserEntry user) {
  public static final Overrides NONE =
      new Overrides(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          ClusterEntry.EMPTY,
          UserEntry.EMPTY);

  /// The same with another context.
  public Overrides withContext(Optional<String> name) {
    return new Overrides(name, clusterName, userName, cluster, user);
  }

  /// The cluster's fields with those of the options, by the rules of client-go: an option on the
  /// trust replaces all of it, and another server needs no TLS server name of the former.
  ClusterEntry applied(ClusterEntry entry) {
    boolean trust = cluster.insecure() || cluster.authority().isPresent();
    boolean name = cluster.tlsServerName().isPresent() || cluster.server().isPresent();
    return new ClusterEntry(
        cluster.server().or(entry::server),
        name ? cluster.tlsServerName() : entry.tlsServerName(),
        trust ? cluster.insecure() : entry.insecure(),
        trust ? cluster.authority() : entry.authority(),
        trust ? cluster.authorityData() : entry.authorityData(),
        cluster.proxyUrl().or(entry::proxyUrl),
        cluster.uncompressed() || entry.uncompressed(),
        entry.execConfig());
  }

  /// The user's fields with those of the options. Unlike in client-go, a token of the options is
  /// not overruled by a token file of the kubeconfig.
  UserEntry applied(UserEntry entry) {
    return new UserEntry(
        user.certificate().or(entry::certificate),
        user.certificateData().or(entry::certificateData),
        user.key().or(entry::key),
        user.keyData().or(entry::keyData),
        user.token().or(entry::token),
        user.token().isPresent() ? user.tokenFile() : user.tokenFile().or(entry::tokenFile),
        user.username().or(entry::username),
        user.password().or(entry::password),
        user.as().or(entry::as),
        user.asUid().or(entry::asUid),
        user.asGroups().isEmpty() ? entry.asGroups() : user.asGroups(),
        user.asExtra().isEmpty() ? entry.asExtra() : user.asExtra(),
        entry.authProvider(),
        entry.exec());
  }

  /// Whether they identify a user by themselves.
  boolean identify() {
    return user.token().isPresent()
        || user.tokenFile().isPresent()
        || user.certificate().isPresent()
        || user.username().isPresent();
  }
}

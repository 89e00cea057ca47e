package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.ClusterConnection.Names;
import dev.diagbundle.kubeconfig.file.ClusterEntry;
import dev.diagbundle.kubeconfig.file.ContextEntry;
import dev.diagbundle.kubeconfig.file.Kubeconfig;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The choice of one cluster and one user from a kubeconfig and options, by the rules of client-go
/// (`DirectClientConfig`), and inside a pod its service account. Unlike kubectl, it never falls
/// back to `localhost:8080` or to a user without credentials where a name is unknown.
///
/// Sends nothing to the cluster, and runs no credential plugin.
public final class ClusterAccess {
  private static final int MAX_NAMED = 20;

  private final Kubeconfig config;
  private final Overrides overrides;
  private final Surroundings surroundings;

  private ClusterAccess(Kubeconfig config, Overrides overrides, Surroundings surroundings) {
    this.config = config;
    this.overrides = overrides;
    this.surroundings = surroundings;
  }

  /// The connection that the kubeconfig and the options describe.
  ///
  /// @param config may be empty
  /// @throws DiagbundleException if there is none, or it is contradictory
  public static ClusterConnection resolve(
      Kubeconfig config, Overrides overrides, Surroundings surroundings)
      throws DiagbundleException {
    return new ClusterAccess(config, overrides, surroundings).resolve();
  }

  private ClusterConnection resolve() throws DiagbundleException {
    var contextName = overrides.context().or(config::currentContext);
    var context = context(contextName);
    var clusterName = overrides.clusterName().or(context::cluster);
    var userName = overrides.userName().or(context::user);
    var cluster = overrides.applied(cluster(clusterName, contextName));
    var user = overrides.applied(user(userName, contextName));
    if (cluster.server().isEmpty()) {
      boolean unspecified =
          contextName.isEmpty()
              && overrides.clusterName().isEmpty()
              && overrides.userName().isEmpty();
      if (unspecified && PodAccess.isPossible(surroundings)) {
        return PodAccess.connection(overrides, surroundings);
      }
      throw new DiagbundleException(withoutServer(contextName, clusterName));
    }
    var names =
        new Names(
            clusterName.or(overrides.cluster()::server).orElse(""),
            contextName.orElse(""),
            userName.orElse(""),
            context.namespace());
    return new ConnectionParts(names, cluster, user, surroundings).connection();
  }

  private ContextEntry context(Optional<String> name) throws DiagbundleException {
    if (name.isEmpty()) {
      return ContextEntry.EMPTY;
    }
    var context = config.contexts().get(name.get());
    if (context != null) {
      return context;
    }
    boolean current = overrides.context().isEmpty();
    if (!current && config.files().isEmpty()) {
      var hint =
          PodAccess.isPossible(surroundings)
              ? "inside a pod without a kubeconfig, the service account has no context"
              : "specify a file with --kubeconfig";
      throw usage("context '" + name.get() + "' is not available: there is no kubeconfig", hint);
    }
    throw usage(
        "context '"
            + name.get()
            + "' "
            + (current ? "(current-context) " : "")
            + "is not in the kubeconfig; "
            + has(config.contexts().keySet(), "contexts"),
        files());
  }

  private ClusterEntry cluster(Optional<String> name, Optional<String> context)
      throws DiagbundleException {
    var cluster = config.clusters().get(name.orElse(""));
    if (cluster != null) {
      return cluster;
    }
    boolean named = overrides.clusterName().isPresent();
    if (name.isPresent() && (named || overrides.cluster().server().isEmpty())) {
      throw usage(
          "cluster '"
              + name.get()
              + (named ? "'" : "' of context '" + context.orElse("") + "'")
              + " is not in the kubeconfig",
          files() + has(config.clusters().keySet(), "clusters"));
    }
    return ClusterEntry.EMPTY;
  }

  private UserEntry user(Optional<String> name, Optional<String> context)
      throws DiagbundleException {
    var user = config.users().get(name.orElse(""));
    if (user != null) {
      return user;
    }
    boolean named = overrides.userName().isPresent();
    if (name.isPresent() && (named || !overrides.identify())) {
      throw usage(
          "user '"
              + name.get()
              + (named ? "'" : "' of context '" + context.orElse("") + "'")
              + " is not in the kubeconfig",
          files() + has(config.users().keySet(), "users"));
    }
    return UserEntry.EMPTY;
  }

  private Problem withoutServer(Optional<String> context, Optional<String> cluster) {
    if (cluster.isPresent()) {
      return Problem.usage(
              "cluster '"
                  + cluster.get()
                  + "'"
                  + context.map(name -> " of context '" + name + "'").orElse("")
                  + " has no server")
          .withHint(files());
    }
    if (context.isPresent()) {
      return Problem.usage("context '" + context.get() + "' has no cluster").withHint(files());
    }
    if (!config.isEmpty()) {
      return Problem.usage("kubeconfig has no current context")
          .withHint("specify one with --context; " + has(config.contexts().keySet(), "contexts"));
    }
    return none();
  }

  private Problem none() {
    var listed = surroundings.variable("KUBECONFIG");
    String looked;
    if (!config.files().isEmpty()) {
      looked = files("kubeconfig is empty: ");
    } else if (listed.isPresent()) {
      looked = "KUBECONFIG does not name an existing file: " + listed.get();
    } else {
      looked = "~/.kube/config does not exist and KUBECONFIG is not set";
    }
    return Problem.usage("no cluster: " + looked)
        .withHint("specify a file with --kubeconfig, or try --demo, which needs no cluster");
  }

  private String files() {
    return files("kubeconfig: ") + (config.files().isEmpty() ? "" : "; ");
  }

  private String files(String label) {
    return config.files().isEmpty()
        ? ""
        : label + config.files().stream().map(Path::toString).collect(Collectors.joining(", "));
  }

  private static String has(Collection<String> names, String kind) {
    if (names.isEmpty()) {
      return "it has no " + kind;
    }
    int more = names.size() - MAX_NAMED;
    return "it has "
        + names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more" : "");
  }

  private static DiagbundleException usage(String message, String hint) {
    var problem = Problem.usage(message);
    var text = hint.endsWith("; ") ? hint.substring(0, hint.length() - 2) : hint;
    return new DiagbundleException(text.isEmpty() ? problem : problem.withHint(text));
  }
}

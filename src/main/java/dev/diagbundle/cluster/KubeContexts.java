package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.Cluster;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.jspecify.annotations.Nullable;

/// The contexts of a kubeconfig, or of each kubeconfig in a folder. Reading them runs no credential
/// plugin and sends nothing to any cluster.
///
/// @param contexts in the order of files and of the contexts in them; duplicates between files once
/// @param notices the skipped files of the folder, with the reason
public record KubeContexts(List<KubeContext> contexts, List<String> notices) {
  /// Maximum size of a kubeconfig, which holds names and keys; a larger file is something else.
  private static final long MAX_BYTES = 16L << 20;

  public KubeContexts {
    contexts = List.copyOf(contexts);
    notices = List.copyOf(notices);
  }

  /// One context.
  ///
  /// @param file the file that contains it; empty for the usual places
  public record KubeContext(String name, Optional<Path> file) {
    /// Resolves the connection to its cluster.
    ///
    /// @param environment the process's environment variables
    /// @throws DiagbundleException if it cannot be used
    public KubeConnection connect(Map<String, String> environment) throws DiagbundleException {
      return KubeConnection.of(file, Optional.of(name), environment);
    }
  }

  /// The identity of a context: name, server and user, whatever names the files give to these.
  private record Identity(
      String name, @Nullable Cluster cluster, @Nullable AuthInfo user, String namespace) {}

  /// Reads the contexts.
  ///
  /// @param place of `--kubeconfig`, a file or a folder; without one, the usual places
  /// @throws DiagbundleException if there is none
  public static KubeContexts read(Optional<Path> place) throws DiagbundleException {
    boolean folder = place.isPresent() && Files.isDirectory(place.get());
    var files = folder ? filesIn(place.get()) : place.map(List::of).orElseGet(KubeContexts::usual);
    var contexts = new ArrayList<KubeContext>();
    var notices = new ArrayList<String>();
    var seen = new HashSet<Object>();
    for (Path file : files) {
      var config = parse(file);
      if (config.isEmpty() && !folder) {
        throw new DiagbundleException(Problem.usage("'" + file + "' is not a kubeconfig"));
      }
      if (config.isEmpty()) {
        notices.add("skipped '" + file.getFileName() + "': not a kubeconfig");
      }
      for (NamedContext context : config.map(Config::getContexts).orElse(List.of())) {
        // In the usual places the first of a name is meant, as with kubectl.
        Object identity = place.isPresent() ? identity(context, config.get()) : context.getName();
        if (context.getName() != null && seen.add(identity)) {
          contexts.add(new KubeContext(context.getName(), place.map(_ -> file)));
        }
      }
    }
    if (contexts.isEmpty()) {
      throw new DiagbundleException(
          Problem.usage(
              place
                  .map(name -> "no contexts in '" + name + "'")
                  .orElse("no kubeconfig has a context")));
    }
    return new KubeContexts(contexts, notices);
  }

  private static List<Path> usual() {
    return io.fabric8.kubernetes.client.Config.getKubeconfigFilenames().stream()
        .map(File::new)
        .filter(File::isFile)
        .map(File::toPath)
        .toList();
  }

  /// The files of a folder by name, without hidden ones, such as the folders behind a mounted
  /// Secret.
  private static List<Path> filesIn(Path folder) throws DiagbundleException {
    try (var all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DiagbundleException(
          Problem.usage("cannot read the folder '" + folder + "': " + e.getMessage()), e);
    }
  }

  private static Optional<Config> parse(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        return Optional.empty();
      }
      var text = Files.readString(file);
      var config = new KubernetesSerialization().unmarshal(text, Config.class);
      boolean real = config != null && (isConfig(config) || !config.getContexts().isEmpty());
      return real ? Optional.of(config) : Optional.empty();
    } catch (IOException | RuntimeException _) {
      // The parser's message quotes the file, which may contain a token.
      return Optional.empty();
    }
  }

  private static boolean isConfig(Config config) {
    return "Config".equals(config.getKind()) && !config.getClusters().isEmpty();
  }

  private static Identity identity(NamedContext context, Config config) {
    var inner = context.getContext();
    if (inner == null) {
      return new Identity(String.valueOf(context.getName()), null, null, "");
    }
    var cluster =
        config.getClusters().stream()
            .filter(named -> named.getName() != null && named.getName().equals(inner.getCluster()))
            .map(NamedCluster::getCluster)
            .findFirst();
    var user =
        config.getUsers().stream()
            .filter(named -> named.getName() != null && named.getName().equals(inner.getUser()))
            .map(NamedAuthInfo::getUser)
            .findFirst();
    return new Identity(
        String.valueOf(context.getName()),
        cluster.orElse(null),
        user.orElse(null),
        String.valueOf(inner.getNamespace()));
  }

  /// The names, each once.
  public Set<String> names() {
    var names = new java.util.LinkedHashSet<String>();
    contexts.forEach(context -> names.add(context.name()));
    return names;
  }
}

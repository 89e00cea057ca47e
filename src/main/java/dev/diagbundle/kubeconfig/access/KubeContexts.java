package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.file.Kubeconfig;
import dev.diagbundle.kubeconfig.file.KubeconfigFiles;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// The contexts of the usual kubeconfig files, of one file, or of each file in a folder. Reading
/// them runs no credential plugin and sends nothing to any cluster.
///
/// @param contexts in the order of files and of the contexts in them; duplicates between files once
/// @param notices the skipped files of the folder, with the reason
public record KubeContexts(List<KubeContext> contexts, List<String> notices) {
  public KubeContexts {
    contexts = List.copyOf(contexts);
    notices = List.copyOf(notices);
  }

  /// One context.
  ///
  /// @param origin name of its file in the folder; empty elsewhere
  /// @param config that contains it
  public record KubeContext(String name, String origin, Kubeconfig config) {
    /// Resolves the connection to its cluster.
    ///
    /// @throws DiagbundleException if it cannot be used
    public ClusterConnection connect(Overrides overrides, Surroundings surroundings)
        throws DiagbundleException {
      return ClusterAccess.resolve(config, overrides.withContext(Optional.of(name)), surroundings);
    }
  }

  /// The identity of a context: name, server and user, whatever names the files give to these.
  private record Identity(
      String name, Optional<Object> cluster, Optional<Object> user, Optional<String> namespace) {}

  /// The contexts of a kubeconfig.
  public static KubeContexts of(Kubeconfig config) {
    return new KubeContexts(
        config.contexts().keySet().stream().map(name -> new KubeContext(name, "", config)).toList(),
        List.of());
  }

  /// The contexts of every kubeconfig in a folder.
  ///
  /// @throws DiagbundleException if the folder cannot be read
  public static KubeContexts in(Path folder) throws DiagbundleException {
    var contexts = new ArrayList<KubeContext>();
    var notices = new ArrayList<String>();
    var seen = new HashSet<Identity>();
    for (Path file : filesIn(folder)) {
      var name = String.valueOf(file.getFileName());
      Kubeconfig config;
      try {
        config = KubeconfigFiles.read(file);
      } catch (DiagbundleException _) {
        notices.add("skipped '" + name + "': not a kubeconfig");
        continue;
      }
      if (config.contexts().isEmpty() && config.clusters().isEmpty()) {
        notices.add("skipped '" + name + "': not a kubeconfig");
      }
      for (String context : config.contexts().keySet()) {
        if (seen.add(identity(context, config))) {
          contexts.add(new KubeContext(context, name, config));
        }
      }
    }
    return new KubeContexts(contexts, notices);
  }

  /// The names, each once.
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    contexts.forEach(context -> names.add(context.name()));
    return names;
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

  private static Identity identity(String name, Kubeconfig config) {
    var context = Objects.requireNonNull(config.contexts().get(name));
    return new Identity(
        name,
        context.cluster().map(config.clusters()::get),
        context.user().map(config.users()::get),
        context.namespace());
  }
}

package dev.diagbundle.cluster;

import module java.base;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.regex.Pattern;

/// The address and credentials of one cluster, found as kubectl does: `--kubeconfig`, else the
/// files of `KUBECONFIG`, else `~/.kube/config`, else the service account of the pod that this runs
/// in.
public final class KubeConnection {
  private static final int MAX_WORDS = 300;
  private static final Pattern PLACE = Pattern.compile("line:? (\\d+), column:? (\\d+)");
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");

  private final String cluster;
  private final String context;
  private final String user;
  private final Config config;

  private KubeConnection(String cluster, String context, String user, Config config) {
    this.cluster = cluster;
    this.context = context;
    this.user = user;
    this.config = config;
  }

  /// Reads the configuration; sends nothing to the cluster, but runs the credential plugin if the
  /// user has one.
  ///
  /// @param file of `--kubeconfig`
  /// @param context of `--context`
  /// @param environment the process's environment variables
  /// @throws DiagbundleException if there is no usable configuration
  public static KubeConnection of(
      Optional<Path> file, Optional<String> context, Map<String, String> environment)
      throws DiagbundleException {
    if (file.isPresent() && !Files.isRegularFile(file.get())) {
      throw usage("kubeconfig '" + file.get() + "' does not exist");
    }
    boolean files =
        file.isPresent()
            || Config.getKubeconfigFilenames().stream().anyMatch(name -> new File(name).isFile());
    if (!files && !isInPod(environment)) {
      throw new DiagbundleException(noConfiguration(environment));
    }
    try {
      var config =
          file.isPresent()
              ? withProxies(
                  Config.fromKubeconfig(context.orElse(null), file.get().toFile()), environment)
              : Config.autoConfigure(context.orElse(null));
      return files ? of(config, context) : new KubeConnection("in-cluster", "", "", config);
    } catch (RuntimeException e) {
      // fabric8 lets the YAML parser's own exceptions through.
      var name =
          file.map(Path::toString).orElse(String.join(", ", Config.getKubeconfigFilenames()));
      throw new DiagbundleException(Problem.usage(name + ": not a kubeconfig" + place(e)), e);
    }
  }

  /// A connection to a server that requires no credentials.
  public static KubeConnection anonymous(String cluster, String server) {
    var config = Config.empty();
    config.setMasterUrl(server);
    return new KubeConnection(cluster, "", "", config);
  }

  /// The name of the cluster in the kubeconfig; `in-cluster` inside a pod.
  public String cluster() {
    return cluster;
  }

  /// The name of the context; empty inside a pod.
  public String context() {
    return context;
  }

  /// The name of the user in the kubeconfig; empty inside a pod.
  public String user() {
    return user;
  }

  /// Opens the connection. The caller closes it.
  ///
  /// @param listener called for every request, on any thread
  /// @throws DiagbundleException if certificates or keys cannot be read
  public Cluster open(Clock clock, String userAgent, RequestRecord.Listener listener)
      throws DiagbundleException, InterruptedException {
    return open(clock, userAgent, listener, ClientOptions.USUAL);
  }

  /// As [#open(Clock, String, RequestRecord.Listener)], with other options.
  public Cluster open(
      Clock clock, String userAgent, RequestRecord.Listener listener, ClientOptions manners)
      throws DiagbundleException, InterruptedException {
    if (context.isEmpty() && !cluster.equals("in-cluster")) {
      return OkHttpCluster.open(withoutCredentials(), clock, userAgent, listener, manners);
    }
    config.setUserAgent(userAgent);
    if (config.getAutoOAuthToken() != null) {
      // A token file may end in a line feed, which no header can hold.
      config.setAutoOAuthToken(config.getAutoOAuthToken().strip());
    }
    if (config.getClientKeyAlgo() == null && ClientKey.isEllipticCurve(config)) {
      config.setClientKeyAlgo("EC");
    }
    try {
      return new Fabric8Cluster(config, clock, listener, manners);
    } catch (KubernetesClientException | IllegalArgumentException e) {
      throw new DiagbundleException(
          Problem.usage("kubeconfig of cluster '" + cluster + "': " + words(e)), e);
    }
  }

  private ClusterConnection withoutCredentials() {
    return new ClusterConnection(
        new ClusterConnection.Names(cluster, "", "", Optional.empty()),
        config.getMasterUrl().replaceAll("/+$", ""),
        new ClusterConnection.Tls(false, Optional.empty(), Optional.empty()),
        Optional.empty(),
        true,
        List.of(),
        CredentialSource.ANONYMOUS);
  }

  private static KubeConnection of(Config config, Optional<String> wanted)
      throws DiagbundleException {
    NamedContext current = config.getCurrentContext();
    if (wanted.isPresent() && (current == null || !wanted.get().equals(current.getName()))) {
      var known =
          config.getContexts().stream()
              .map(NamedContext::getName)
              .sorted()
              .collect(Collectors.joining(", "));
      throw new DiagbundleException(
          Problem.usage("context '" + wanted.get() + "' is not in the kubeconfig")
              .withHint(known.isEmpty() ? "it has no contexts" : "it has " + known));
    }
    if (current == null || current.getContext() == null) {
      throw usage("kubeconfig has no current context", "specify one with --context");
    }
    var cluster = current.getContext().getCluster();
    if (config.getMasterUrl() == null
        || config.getMasterUrl().startsWith("https://kubernetes.default.svc")) {
      throw usage("cluster '" + cluster + "' of context '" + current.getName() + "' has no server");
    }
    var user = current.getContext().getUser();
    return new KubeConnection(
        cluster == null ? current.getName() : cluster,
        current.getName(),
        user == null ? "" : user,
        config);
  }

  private static boolean isInPod(Map<String, String> environment) {
    return environment.containsKey("KUBERNETES_SERVICE_HOST") && Files.exists(SERVICE_ACCOUNT);
  }

  private static Problem noConfiguration(Map<String, String> environment) {
    var listed = environment.get("KUBECONFIG");
    var looked =
        listed == null || listed.isEmpty()
            ? "~/.kube/config does not exist and KUBECONFIG is not set"
            : "KUBECONFIG does not name an existing file: " + listed;
    return Problem.usage("no cluster: " + looked)
        .withHint("specify a file with --kubeconfig, or try --demo, which needs no cluster");
  }

  /// A kubeconfig given as a file still goes through the proxies of the environment, as kubectl
  /// does.
  private static Config withProxies(Config config, Map<String, String> environment) {
    if (config.getHttpsProxy() == null) {
      config.setHttpsProxy(either(environment, "HTTPS_PROXY", "https_proxy"));
    }
    if (config.getHttpProxy() == null) {
      config.setHttpProxy(either(environment, "HTTP_PROXY", "http_proxy"));
    }
    var exceptions = either(environment, "NO_PROXY", "no_proxy");
    if (exceptions != null && config.getNoProxy() == null) {
      config.setNoProxy(
          List.of(exceptions.split(",")).stream()
              .map(String::strip)
              .filter(name -> !name.isEmpty())
              .toArray(String[]::new));
    }
    return config;
  }

  private static @org.jspecify.annotations.Nullable String either(
      Map<String, String> environment, String name, String other) {
    var value = environment.getOrDefault(name, environment.get(other));
    return value == null || value.isBlank() ? null : value;
  }

  /// The innermost message, on one line.
  private static String words(Exception e) {
    var text = "";
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      var message = cause.getMessage();
      text = message == null ? text : message;
    }
    var line = text.replaceAll("\\s+", " ").strip();
    return line.length() > MAX_WORDS ? line.substring(0, MAX_WORDS) + "…" : line;
  }

  /// The position of a parser's error, without its message, which quotes the file and may contain a
  /// token.
  private static String place(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      var place = PLACE.matcher(String.valueOf(cause.getMessage()));
      if (place.find()) {
        return ": the parser stopped at line " + place.group(1) + ", column " + place.group(2);
      }
    }
    return "";
  }

  private static DiagbundleException usage(String message) {
    return new DiagbundleException(Problem.usage(message));
  }

  private static DiagbundleException usage(String message, String hint) {
    return new DiagbundleException(Problem.usage(message).withHint(hint));
  }
}

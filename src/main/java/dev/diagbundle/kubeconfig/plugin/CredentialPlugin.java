package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import dev.diagbundle.kubeconfig.Credential;
import dev.diagbundle.kubeconfig.CredentialSource;
import dev.diagbundle.kubeconfig.file.ExecEntry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.Ticker;
import java.util.concurrent.locks.ReentrantLock;

/// The credentials of a plugin. It runs when they are first needed, shortly before they expire, and
/// after the API server has rejected them, by one thread at a time; an interrupt of that thread
/// ends it.
final class CredentialPlugin implements CredentialSource {
  private static final String INFO = "KUBERNETES_EXEC_INFO";

  /// The time before their end at which credentials are renewed, so that no request meets it.
  private static final Duration EARLY = Duration.ofSeconds(10);

  /// The minimum time between two renewals, or after a failure, as many requests may want one.
  private static final Duration PAUSE = Duration.ofSeconds(10);

  /// The exit codes of a process that SIGINT or SIGTERM ended.
  private static final Set<Integer> BY_SIGNAL = Set.of(130, 143);

  private static final String DOCUMENTATION =
      "https://kubernetes.io/docs/reference/access-authn-authz/authentication/"
          + "#client-go-credential-plugins";

  private final ExecEntry config;
  private final Optional<ClusterInfo> cluster;
  private final String user;
  private final Map<String, String> environment;
  private final PluginHost host;
  private final Clock clock;
  private final Ticker ticker;

  private final ReentrantLock lock = new ReentrantLock();
  private OptionalLong lastRenewal = OptionalLong.empty();
  private OptionalLong lastFailure = OptionalLong.empty();
  private Optional<PluginAnswer> answer = Optional.empty();
  private Optional<DiagbundleException> failure = Optional.empty();

  /// @param cluster of the connection, if the plugin is told about it
  /// @param user its name, for messages
  /// @param environment the process's environment variables
  CredentialPlugin(
      ExecEntry config,
      Optional<ClusterInfo> cluster,
      String user,
      Map<String, String> environment,
      PluginHost host,
      Clock clock,
      Ticker ticker) {
    this.config = config;
    this.cluster = cluster;
    this.user = user;
    this.environment = environment;
    this.host = host;
    this.clock = clock;
    this.ticker = ticker;
  }

  @Override
  public Credential current() throws DiagbundleException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (answer.isEmpty()) {
        run();
      } else if (isExpiring(answer.get()) && !isRecent(lastRenewal)) {
        renew();
      }
      return answer.orElseThrow().credential();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean renew(Credential rejected) throws DiagbundleException, InterruptedException {
    lock.lockInterruptibly();
    try {
      if (answer.isPresent() && answer.get().credential().equals(rejected)) {
        if (isRecent(lastRenewal)) {
          return false;
        }
        renew();
      }
      return !answer.map(PluginAnswer::credential).equals(Optional.of(rejected));
    } finally {
      lock.unlock();
    }
  }

  private boolean isExpiring(PluginAnswer known) {
    return known.expires().filter(end -> clock.instant().isAfter(end.minus(EARLY))).isPresent();
  }

  private boolean isRecent(OptionalLong time) {
    return time.isPresent() && ticker.since(time.getAsLong()).compareTo(PAUSE) < 0;
  }

  private void renew() throws DiagbundleException, InterruptedException {
    try {
      run();
    } finally {
      lastRenewal = OptionalLong.of(ticker.nanos());
    }
  }

  /// Runs the plugin. A failure counts for a while, for everybody who waits for the credentials.
  private void run() throws DiagbundleException, InterruptedException {
    if (failure.isPresent() && isRecent(lastFailure)) {
      throw failure.get();
    }
    try {
      answer = Optional.of(ask());
      failure = Optional.empty();
    } catch (DiagbundleException e) {
      failure = Optional.of(e);
      lastFailure = OptionalLong.of(ticker.nanos());
      throw e;
    }
  }

  private PluginAnswer ask() throws DiagbundleException, InterruptedException {
    boolean interactive = interactive();
    var executable = PluginCommand.find(config.command(), environment);
    if (executable.isEmpty() || !new File(executable.get()).exists()) {
      throw new DiagbundleException(
          Problem.usage(subject() + ": executable " + config.command() + " not found")
              .withHint(hint()));
    }
    var command = new ArrayList<String>();
    command.add(executable.get());
    command.addAll(config.args());
    var run = run(command, variables(interactive), interactive);
    if (BY_SIGNAL.contains(run.exitCode())) {
      // Ctrl-C reaches the plugin and this process: the one here is to decide.
      ticker.sleep(Duration.ofMillis(300));
    }
    if (run.exitCode() != 0) {
      var words = run.lastWords().isEmpty() ? "" : ": " + run.lastWords();
      throw failed("failed with exit code " + run.exitCode() + words);
    }
    try {
      return PluginAnswer.of(run.output(), config.apiVersion(), subject());
    } catch (PluginAnswer.InvalidException e) {
      throw failed(String.valueOf(e.getMessage()));
    }
  }

  private PluginRun run(List<String> command, Map<String, String> variables, boolean interactive)
      throws DiagbundleException, InterruptedException {
    host.begin();
    try {
      return PluginRun.of(command, variables, interactive, host, "waiting for the " + subject());
    } catch (IOException | IllegalArgumentException e) {
      throw failed(reason(e));
    } finally {
      host.end();
    }
  }

  /// Whether the plugin may read from the terminal.
  private boolean interactive() throws DiagbundleException {
    var mode = config.interactiveMode().orElse("IfAvailable");
    if (mode.equals("Always") && !host.hasTerminalInput()) {
      throw new DiagbundleException(
          Problem.usage(
                  subject() + " cannot support interactive mode: standard input is not a terminal")
              .withHint("run the command in a terminal, or set interactiveMode to IfAvailable"));
    }
    return !mode.equals("Never") && host.hasTerminalInput();
  }

  private Map<String, String> variables(boolean interactive) {
    var variables = new HashMap<>(environment);
    config.env().forEach(variable -> variables.put(variable.name(), variable.value()));
    variables.put(INFO, ExecInfo.of(config.apiVersion(), interactive, cluster));
    return variables;
  }

  private DiagbundleException failed(String what) {
    return new DiagbundleException(Problem.failure(subject() + " " + what));
  }

  private String subject() {
    return "credential plugin '" + config.command() + "' of user '" + user + "'";
  }

  /// The hint of the kubeconfig, else where to read on.
  private String hint() {
    return config
        .installHint()
        .map(text -> Printable.line(text.strip().replaceAll("\\s*\\R\\s*", " ")))
        .orElse("install it; see " + DOCUMENTATION);
  }

  private static String reason(Exception e) {
    // "Cannot run program …: Exec failed, error: 13 (Permission denied)"
    var message = String.valueOf(e.getMessage());
    return "cannot run: " + message.substring(message.lastIndexOf(": ") + 1).strip();
  }
}

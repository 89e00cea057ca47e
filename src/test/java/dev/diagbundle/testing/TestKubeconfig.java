package dev.diagbundle.testing;

import dev.diagbundle.kubeconfig.ClusterConnection;
import dev.diagbundle.kubeconfig.access.ClusterAccess;
import dev.diagbundle.kubeconfig.access.Overrides;
import dev.diagbundle.kubeconfig.access.Surroundings;
import dev.diagbundle.kubeconfig.file.KubeconfigFiles;
import dev.diagbundle.kubeconfig.plugin.CredentialPlugins;
import dev.diagbundle.kubeconfig.plugin.PluginHost;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Ticker;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// A kubeconfig as the program uses it, without a terminal.
public final class TestKubeconfig {
  private TestKubeconfig() {}

  /// A host of plugins that keeps what they print.
  public static class Host implements PluginHost {
    public final List<String> notices = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final boolean terminal;

    public Host() {
      this(false);
    }

    /// @param terminal whether standard input is called a terminal
    public Host(boolean terminal) {
      this.terminal = terminal;
    }

    @Override
    public boolean hasTerminalInput() {
      return terminal;
    }

    @Override
    public OutputStream errors() {
      return errors;
    }

    public String printed() {
      return errors.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void begin() {
      // Nothing waits for it.
    }

    @Override
    public void waiting(String notice) {
      notices.add(notice);
    }

    @Override
    public void end() {
      // Nothing waits for it.
    }
  }

  /// The connection of the current context.
  public static ClusterConnection connection(
      Path file, Map<String, String> environment, Ticker ticker) throws DiagbundleException {
    return ClusterAccess.resolve(
        KubeconfigFiles.read(file),
        Overrides.NONE,
        surroundings(environment, Path.of("/nonexistent"), new Host(), ticker));
  }

  /// The surroundings of a process.
  public static Surroundings surroundings(
      Map<String, String> environment, Path serviceAccount, PluginHost host, Ticker ticker) {
    var clock = Clock.systemUTC();
    return new Surroundings(
        environment,
        serviceAccount,
        new CredentialPlugins(environment, host, clock, ticker),
        clock,
        ticker);
  }
}

package dev.diagbundle.kubeconfig.file;

import module java.base;

import dev.diagbundle.model.DiagbundleException;

/// The credential plugin of a user, as configured.
///
/// @param apiVersion of the protocol, such as `client.authentication.k8s.io/v1`
/// @param command absolute path, or a bare name to search in `PATH`
/// @param env additional variables; the last of a name counts
/// @param provideClusterInfo whether the plugin is told about the cluster
/// @param interactiveMode `Never`, `IfAvailable` or `Always`; empty if not given
public record ExecEntry(
    String apiVersion,
    String command,
    List<String> args,
    List<Variable> env,
    boolean provideClusterInfo,
    Optional<String> interactiveMode,
    Optional<String> installHint) {
  public ExecEntry {
    args = List.copyOf(args);
    env = List.copyOf(env);
  }

  /// An environment variable.
  public record Variable(String name, String value) {}

  static ExecEntry of(EntryFields fields, RelativePaths paths) throws DiagbundleException {
    var env = new ArrayList<Variable>();
    for (var variable : fields.objects("env", "env in " + fields.owner())) {
      env.add(new Variable(variable.text("name").orElse(""), variable.text("value").orElse("")));
    }
    return new ExecEntry(
        fields.text("apiVersion").orElse(""),
        fields.text("command").map(paths::command).orElse(""),
        fields.texts("args"),
        env,
        fields.flag("provideClusterInfo"),
        fields.text("interactiveMode"),
        fields.text("installHint"));
  }

  /// Omits arguments and variables, which may be secrets.
  @Override
  public String toString() {
    return "ExecEntry[" + command + "]";
  }
}

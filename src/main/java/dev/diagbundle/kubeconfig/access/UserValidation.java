package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.file.ExecEntry;
import dev.diagbundle.kubeconfig.file.UserEntry;
import dev.diagbundle.model.Problem;

/// The contradictions in a user's fields that client-go rejects (`validateAuthInfo`).
final class UserValidation {
  private static final Set<String> MODES = Set.of("Never", "IfAvailable", "Always");

  private final UserEntry user;
  private final String owner;
  private final List<Problem> problems = new ArrayList<>();

  private UserValidation(UserEntry user, String owner) {
    this.user = user;
    this.owner = owner;
  }

  /// @param owner such as `user 'u'`
  static List<Problem> problems(UserEntry user, String owner) {
    var validation = new UserValidation(user, owner);
    validation.tokens();
    validation.certificate();
    user.exec().ifPresent(validation::exec);
    validation.impersonation();
    return validation.problems;
  }

  private void tokens() {
    boolean basic = user.username().isPresent() || user.password().isPresent();
    if (basic && user.token().isPresent()) {
      add(owner + " has both a token and a username or password; only one is allowed");
    } else if (user.username().isPresent() && user.tokenFile().isPresent()) {
      add(owner + " has both a tokenFile and a username; only one is allowed");
    }
  }

  private void certificate() {
    if (user.certificate().isEmpty() && user.certificateData().isEmpty()) {
      return;
    }
    if (user.certificate().isPresent() && user.certificateData().isPresent()) {
      add(owner + " has both client-certificate and client-certificate-data");
    }
    if (user.key().isPresent() && user.keyData().isPresent()) {
      add(owner + " has both client-key and client-key-data");
    }
    if (user.key().isEmpty() && user.keyData().isEmpty()) {
      add(owner + " has a client certificate, but neither client-key nor client-key-data");
    }
  }

  private void exec(ExecEntry exec) {
    if (user.authProvider().isPresent()) {
      add(owner + " has both exec and auth-provider");
    }
    if (exec.command().isEmpty()) {
      add("exec of " + owner + " has no command");
    }
    if (exec.apiVersion().isEmpty()) {
      add("exec of " + owner + " has no apiVersion");
    }
    if (exec.env().stream().anyMatch(variable -> variable.name().isEmpty())) {
      add("exec of " + owner + " has a variable without a name in env");
    }
    var mode = exec.interactiveMode();
    // Only earlier versions have a default.
    if (mode.isEmpty() && !exec.apiVersion().endsWith("beta1")) {
      add("exec of " + owner + " has no interactiveMode");
    }
    if (mode.isPresent() && !MODES.contains(mode.get())) {
      add("exec of " + owner + " has the unknown interactiveMode '" + mode.get() + "'");
    }
  }

  private void impersonation() {
    boolean more =
        user.asUid().isPresent() || !user.asGroups().isEmpty() || !user.asExtra().isEmpty();
    if (more && user.as().isEmpty()) {
      problems.add(
          Problem.usage(owner + " has as-uid, as-groups or as-user-extra without as")
              .withHint("name the user to impersonate with --as"));
    }
  }

  private void add(String message) {
    problems.add(Problem.usage(message));
  }
}

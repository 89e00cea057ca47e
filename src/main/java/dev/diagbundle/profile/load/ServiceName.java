package dev.diagbundle.profile.load;

import dev.diagbundle.model.Problem;
import java.util.Optional;

/// The name of a service as the kubelet's log query takes it.
public final class ServiceName {
  private ServiceName() {}

  /// What is wrong with the name, if anything is.
  public static Optional<Problem> problem(String name) {
    return RequestNameRules.serviceFault(name)
        .map(fault -> new Problem(Problem.Kind.USAGE, fault.message(), fault.hint()));
  }
}

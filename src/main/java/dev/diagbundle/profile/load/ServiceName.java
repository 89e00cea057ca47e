package dev.diagbundle.profile.load;

import dev.diagbundle.model.Problem;
import java.util.Optional;

/// The name of a service as accepted by the kubelet's log query.
public final class ServiceName {
  private ServiceName() {}

  /// The problem of the name, if it has one.
  public static Optional<Problem> problem(String name) {
    return RequestNameRules.serviceFault(name)
        .map(fault -> new Problem(Problem.Kind.USAGE, fault.message(), fault.hint()));
  }
}

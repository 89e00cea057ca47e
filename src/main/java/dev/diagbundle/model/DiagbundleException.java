package dev.diagbundle.model;

import java.util.List;

/// The one checked exception of the project: problems for the user, in the order to print them.
public final class DiagbundleException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public DiagbundleException(Problem problem) {
    this(List.of(problem));
  }

  public DiagbundleException(Problem problem, Throwable cause) {
    super(problem.message(), cause);
    this.problems = List.of(problem);
  }

  /// @param problems at least one
  public DiagbundleException(List<Problem> problems) {
    super(problems.getFirst().message());
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}

package dev.diagbundle.model.checks;

import module java.base;

import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;

/// A user-defined check: a pattern of log lines or a condition on objects, with its texts.
///
/// @param id unique among all checks
/// @param severity its label, `critical`, `warning` or `info`
/// @param title may hold `{count}` and `{names}`
/// @param meaning the impact; may be empty
/// @param remedy the suggested action
/// @param docs a URL with more information; may be empty
public record CustomRule(
    String id,
    String severity,
    String title,
    String meaning,
    String remedy,
    String docs,
    Sought sought) {
  /// The condition of a rule.
  public sealed interface Sought {}

  /// Lines of logs.
  ///
  /// @param from kinds of logs
  /// @param paths of logs in the bundle, besides these kinds; if both are empty, all logs are
  ///   searched
  /// @param min minimum number of such lines in one log
  /// @param window within which they must be written; empty if at any time
  public record Lines(
      LinePattern pattern, List<LogKind> from, List<Glob> paths, int min, Optional<Duration> window)
      implements Sought {
    public Lines {
      from = List.copyOf(from);
      paths = List.copyOf(paths);
    }
  }

  /// Objects of the cluster.
  ///
  /// @param kind plural name, or `plural.group`
  /// @param namespaces empty for all
  /// @param where all of which must hold
  public record Objects(String kind, List<Glob> namespaces, List<FieldTest> where)
      implements Sought {
    public Objects {
      namespaces = List.copyOf(namespaces);
      where = List.copyOf(where);
    }
  }
}

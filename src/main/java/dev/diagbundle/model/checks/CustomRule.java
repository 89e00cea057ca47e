package dev.diagbundle.model.checks;

import module java.base;

import dev.diagbundle.model.Glob;
import dev.diagbundle.model.LinePattern;

/// A check that users have written: a pattern of log lines or a condition on objects, with words.
///
/// @param id unlike that of any other check
/// @param severity its label, `critical`, `warning` or `info`
/// @param title may hold `{count}` and `{names}`
/// @param meaning why it matters; may be empty
/// @param remedy what to do
/// @param docs an address of more; may be empty
public record CustomRule(
    String id,
    String severity,
    String title,
    String meaning,
    String remedy,
    String docs,
    Sought sought) {
  /// What a rule looks for.
  public sealed interface Sought {}

  /// Lines of logs.
  ///
  /// @param from kinds of logs
  /// @param paths of logs in the bundle, besides these kinds; if both are empty, all logs are meant
  /// @param min so many such lines must one log have
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

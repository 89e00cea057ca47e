package dev.diagbundle.cluster.nodelog;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.util.regex.Pattern;

/// The error record that PowerShell prints in place of the events.
///
/// Its sentences are in the language of the node and wrapped at the console's width; the fields
/// `FullyQualifiedErrorId` and `CategoryInfo` are the same everywhere
/// (<https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_error_handling>).
///
/// @param kind its meaning for the query
/// @param words its first line
record PowerShellError(Kind kind, String words) {
  /// Meaning of an error.
  enum Kind {
    /// There are no events in the span: a valid response.
    NO_EVENTS,
    /// The node has no such provider.
    NO_PROVIDER,
    /// The kubelet may not read the event log.
    FORBIDDEN,
    /// The query was too large for the node.
    TOO_MUCH,
    /// Anything else.
    OTHER,
    /// The text is no error of PowerShell.
    NONE
  }

  private static final Pattern ERROR =
      Pattern.compile("^(Get-WinEvent|Sort-Object|Where-Object|Format-Table|PowerShell\\.exe) : ");
  private static final int MAX_WORDS = 300;

  /// Parses the text outside of tables.
  static PowerShellError of(String text) {
    var stripped = text.strip();
    var first = stripped.lines().findFirst().orElse("").strip();
    var words = first.length() > MAX_WORDS ? first.substring(0, MAX_WORDS) + "…" : first;
    return new PowerShellError(kind(stripped), words);
  }

  /// The outcome of a query whose only response is this error.
  Outcome outcome(String provider) {
    return switch (kind) {
      case NO_EVENTS -> noEvents(provider);
      case NO_PROVIDER -> new Outcome.Skipped(Reason.NOT_FOUND, words);
      case FORBIDDEN -> new Outcome.Failed(Reason.FORBIDDEN, words);
      case TOO_MUCH, OTHER, NONE -> new Outcome.Failed(Reason.INVALID_ANSWER, words);
    };
  }

  /// The outcome for a window without events.
  static Outcome noEvents(String provider) {
    return new Outcome.Skipped(
        Reason.EMPTY, "the event log has no events of " + provider + " in the time window");
  }

  private static Kind kind(String text) {
    // Without blanks, because the console may wrap anywhere.
    var marks = text.replaceAll("[\\s+]", "");
    boolean marked = marks.contains("FullyQualifiedErrorId:") && marks.contains("CategoryInfo:");
    if (!marked && !ERROR.matcher(text).find()) {
      return Kind.NONE;
    }
    if (marks.contains("FullyQualifiedErrorId:NoMatchingEventsFound,")
        || text.startsWith("Get-WinEvent : No events were found")) {
      return Kind.NO_EVENTS;
    }
    if (marks.contains("FullyQualifiedErrorId:NoMatchingProvidersFound,")) {
      return Kind.NO_PROVIDER;
    }
    if (marks.contains("OutOfMemoryException")) {
      return Kind.TOO_MUCH;
    }
    if (marks.contains("CategoryInfo:PermissionDenied")
        || marks.contains("UnauthorizedAccessException")) {
      return Kind.FORBIDDEN;
    }
    return Kind.OTHER;
  }
}

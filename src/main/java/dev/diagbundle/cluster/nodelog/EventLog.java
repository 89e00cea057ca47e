package dev.diagbundle.cluster.nodelog;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.LogQueryTimeout;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.CodePage;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.TimeWindow;

/// The events of one provider in the Application log of a Windows node, through the kubelet's Node
/// Log Query (KEP-2258), cut to a window.
///
/// What is copied is PowerShell's table as text: its rows in their order, its header once for as
/// long as the columns stay the same, lines ending in a line feed (not CR LF) and without the
/// blanks at their ends, in UTF-8. The window is widened to whole seconds, the second at its end
/// included, because the question knows no fractions.
///
/// @param node its name
/// @param provider as Windows knows it
/// @param window the events wanted
/// @param nodeNow what the node's clock says, about; nothing is asked for that lies behind it
/// @param zone of the node's clock, see [WindowsTimeZone]; empty if unknown, and then the window is
///   widened by more than any zone differs
/// @param codePage what the text is in where it is not UTF-8
/// @param limit of one question
/// @param caller on whose behalf
public record EventLog(
    String node,
    String provider,
    TimeWindow window,
    Instant nodeNow,
    Optional<ZoneOffset> zone,
    CodePage codePage,
    LogQueryTimeout limit,
    RequestOrigin caller) {
  /// Copies the events of the window.
  ///
  /// @param out is not closed; it has received nothing if the outcome is neither collected nor
  ///   partial
  /// @return empty if the service is no provider of events but a file, which has to be asked for
  ///   without options
  public Optional<Outcome> copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    return new EventPager(this, cluster, out).outcome();
  }
}

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
/// The copy is PowerShell's table as text: its rows in their order, its header once for as long as
/// the columns stay the same, lines ending in a line feed (not CR LF) and without trailing blanks,
/// in UTF-8. The window is widened to whole seconds, the second at its end included, because the
/// query supports no fractions.
///
/// @param node its name
/// @param provider its name in Windows
/// @param window the events wanted
/// @param nodeNow approximate time of the node's clock; later events are not requested
/// @param zone of the node's clock, see [WindowsTimeZone]; empty if unknown, and then the window is
///   widened by more than any zone differs
/// @param codePage encoding of text that is not UTF-8
/// @param limit of one query
/// @param caller the originator of the requests
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
  /// @return empty if the service is no provider of events but a file, which has to be requested
  ///   without options
  public Optional<Outcome> copyTo(Cluster cluster, OutputStream out)
      throws IOException, InterruptedException {
    return new EventPager(this, cluster, out).outcome();
  }
}

package dev.diagbundle.collect.check;

import module java.base;

import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.cluster.nodelog.LogQuerySupport;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;

/// The check of one node: whether it answers log queries, by a request that costs it nothing.
///
/// @param name of the node
/// @param items with requests to the node; a node without any gets no request
record NodeCheck(String name, String os, String kubelet, boolean ready, List<ItemSpec> items) {
  /// The timeout: for a frozen kubelet, the API server waits for 10 s, and then reports that.
  private static final Duration PATIENCE = Duration.ofSeconds(12);

  /// The result of the check.
  ///
  /// @param isAsked true if the node was to get a request
  /// @param allowed true if the API server let the request through; empty if not known
  record Finding(CheckedNode node, boolean isAsked, Optional<Boolean> allowed) {}

  /// @param items with requests to nodes
  /// @param selected test for the nodes that an item is about
  static NodeCheck of(NodeSummary node, List<ItemSpec> items, Predicate<ItemSpec> selected) {
    return new NodeCheck(
        node.name(),
        node.os(),
        node.kubeletVersion(),
        node.ready(),
        items.stream().filter(selected).toList());
  }

  /// Checks the node.
  Finding run(Cluster cluster, InstantSource clock) throws InterruptedException {
    if (items.isEmpty()) {
      return new Finding(node(Optional.empty(), "", any -> false), false, Optional.empty());
    }
    var caller = new RequestOrigin("", name, 0, Optional.of(PATIENCE));
    try {
      // The time zone of a Windows node is not needed here, so it is not looked up.
      var query = LogQuerySupport.probe(cluster, name, false, clock, caller);
      return new Finding(answered(query), true, Optional.of(true));
    } catch (RequestFailedException e) {
      return new Finding(refused(e), true, allowed(e));
    } catch (IOException e) {
      return new Finding(refused(ErrorClassifier.of(e)), true, Optional.empty());
    }
  }

  /// The result for a node that was not checked in time.
  Finding unasked() {
    return new Finding(
        node(Optional.empty(), items.isEmpty() ? "" : "not checked: timed out", any -> true),
        !items.isEmpty(),
        Optional.empty());
  }

  private CheckedNode answered(LogQuerySupport query) {
    return switch (query.state()) {
      case ON, ON_OPENSHIFT -> node(Optional.of(query), "", any -> false);
      case OFF -> {
        boolean wanted = items.stream().anyMatch(ItemSpec.NodeLogs.class::isInstance);
        yield node(
            Optional.of(query), wanted ? query.said() : "", ItemSpec.NodeLogs.class::isInstance);
      }
      case NO_LOGS -> {
        boolean wanted = items.stream().anyMatch(NodeCheck::readsLogs);
        var words = "the kubelet serves no logs (enableSystemLogHandler is off): " + query.said();
        yield node(Optional.of(query), wanted ? words : "", NodeCheck::readsLogs);
      }
    };
  }

  private CheckedNode refused(RequestFailedException e) {
    Predicate<ItemSpec> suffers =
        e.reason() == Reason.UNSUPPORTED ? NodeCheck::readsLogs : any -> true;
    var words = e.reason().label() + ": " + e.getMessage();
    return node(Optional.empty(), items.stream().anyMatch(suffers) ? words : "", suffers);
  }

  private static Optional<Boolean> allowed(RequestFailedException e) {
    return e.status() == 0 ? Optional.empty() : Optional.of(e.reason() != Reason.FORBIDDEN);
  }

  private CheckedNode node(
      Optional<LogQuerySupport> query, String problem, Predicate<ItemSpec> suffers) {
    var names = new ArrayList<String>();
    items.stream().filter(suffers).map(ItemSpec::name).distinct().forEach(names::add);
    return new CheckedNode(
        name,
        os,
        kubelet,
        ready,
        query.map(LogQuerySupport::state),
        query.map(LogQuerySupport::skew),
        problem,
        names);
  }

  private static boolean readsLogs(ItemSpec item) {
    return !(item instanceof ItemSpec.Kubelet);
  }
}

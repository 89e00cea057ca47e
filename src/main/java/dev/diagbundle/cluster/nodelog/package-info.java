/// Logs of a node's services through the kubelet's Node Log Query (KEP-2258): the systemd journal
/// on Linux, the event log on Windows, and log files. The entry point is [ServiceLog];
/// [LogQuerySupport] says what a node can do. Pagers resume truncated answers and drop duplicates.
/// It knows nothing of pods, profiles or bundles.
@NullMarked
package dev.diagbundle.cluster.nodelog;

import org.jspecify.annotations.NullMarked;

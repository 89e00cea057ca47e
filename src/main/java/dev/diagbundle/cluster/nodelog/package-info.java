/// Logs of a node's services through the kubelet's Node Log Query (KEP-2258): the systemd journal
/// on Linux, the event log on Windows, and log files. The entry point is [ServiceLog];
/// [LogQuerySupport] describes the support of a node. Pagers resume truncated responses and drop
/// duplicates. The package does not depend on pods, profiles or bundles.
@NullMarked
package dev.diagbundle.cluster.nodelog;

import org.jspecify.annotations.NullMarked;

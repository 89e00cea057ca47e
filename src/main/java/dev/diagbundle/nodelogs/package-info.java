/// The `node-logs` command's service: [NodeLogPrinter] reads logs of node services, several nodes
/// at a time, and prints them merged by time. Logs that are ahead wait in spools of bounded size.
///
/// It writes no bundle and does not know the collection.
@NullMarked
package dev.diagbundle.nodelogs;

import org.jspecify.annotations.NullMarked;

/// Files and directories below a node's `/var/log`, as the kubelet's file server shows them: paths,
/// listings, and transfers that resume after a broken stream. Start with [NodeFile] and
/// [FileTransfer]. The package depends neither on the files' contents nor on log queries.
@NullMarked
package dev.diagbundle.cluster.nodefile;

import org.jspecify.annotations.NullMarked;

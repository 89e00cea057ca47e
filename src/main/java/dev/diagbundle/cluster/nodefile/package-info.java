/// Files and directories below a node's `/var/log`, as the kubelet's file server shows them: paths,
/// listings, and transfers that resume after a broken stream. Start with [NodeFile] and
/// [FileTransfer]. It knows nothing of what the files contain, and nothing of log queries.
@NullMarked
package dev.diagbundle.cluster.nodefile;

import org.jspecify.annotations.NullMarked;

/// TLS as kubectl does it: PEM files, private keys, trusted authorities, and sockets that name and
/// verify the server. It contains nothing of HTTP.
@NullMarked
package dev.diagbundle.cluster.tls;

import org.jspecify.annotations.NullMarked;

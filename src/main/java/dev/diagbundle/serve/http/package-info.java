/// A small HTTP/1.1 server side: [Connection] reads requests, [Exchange] is one request with its
/// response. It is our own because the JDK's server sets the `Date` header itself, from which
/// diagbundle takes the time of a run, and because fault tests break connections in every way. It
/// knows nothing of Kubernetes.
@NullMarked
package dev.diagbundle.serve.http;

import org.jspecify.annotations.NullMarked;

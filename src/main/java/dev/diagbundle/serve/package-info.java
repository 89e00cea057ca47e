/// A read-only Kubernetes API over HTTP on loopback, answered from recorded data instead of a
/// cluster. It serves the demonstration cluster, and the tests collect from it. Start with
/// [dev.diagbundle.serve.ReplayServer] and [dev.diagbundle.serve.ClusterData].
///
/// Three layers: [dev.diagbundle.serve.Connection] and [dev.diagbundle.serve.Exchange] speak
/// HTTP/1.1; [dev.diagbundle.serve.ApiServer] and the handlers below it answer like an API server
/// and its kubelets; [dev.diagbundle.serve.ClusterData] finds the data in a folder or a jar.
///
/// The HTTP layer is our own because the JDK's server writes the `Date` header itself, right before
/// it sends, and diagbundle takes the time of a whole run from that header. It can also break a
/// connection in every way that a test needs.
@NullMarked
package dev.diagbundle.serve;

import org.jspecify.annotations.NullMarked;

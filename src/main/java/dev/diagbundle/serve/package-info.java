/// A read-only Kubernetes API over HTTP on loopback, answered from recorded data instead of a
/// cluster. It serves the demonstration cluster, and the tests collect from it.
///
/// This package owns the JDK's HTTP server.
@NullMarked
package dev.diagbundle.serve;

import org.jspecify.annotations.NullMarked;

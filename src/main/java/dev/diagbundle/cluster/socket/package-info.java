/// Sockets that an interrupt ends, and the ways through a proxy. No system property has an effect
/// on them. The package contains nothing of HTTP.
@NullMarked
package dev.diagbundle.cluster.socket;

import org.jspecify.annotations.NullMarked;

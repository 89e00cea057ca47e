/// The choice of a proxy: `proxy-url` of a kubeconfig, and the variables `HTTPS_PROXY`,
/// `HTTP_PROXY` and `NO_PROXY` by Go's rules.
@NullMarked
package dev.diagbundle.kubeconfig.proxy;

import org.jspecify.annotations.NullMarked;

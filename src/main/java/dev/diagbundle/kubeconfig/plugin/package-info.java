/// Credential plugins: the client side of the protocol `client.authentication.k8s.io`. The entry
/// point is [CredentialPlugins].
@NullMarked
package dev.diagbundle.kubeconfig.plugin;

import org.jspecify.annotations.NullMarked;

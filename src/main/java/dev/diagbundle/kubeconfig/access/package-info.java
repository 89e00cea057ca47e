/// The resolution of kubeconfig files, options and the environment to a [ClusterConnection], by the
/// rules of client-go (`tools/clientcmd`). The entry point is [ClusterAccess].
@NullMarked
package dev.diagbundle.kubeconfig.access;

import org.jspecify.annotations.NullMarked;

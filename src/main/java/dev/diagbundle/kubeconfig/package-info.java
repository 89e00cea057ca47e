/// The configuration of access to clusters, as kubectl reads it: kubeconfig files, options and the
/// environment become one explicit [ClusterConnection]. Nothing here sends a request to a cluster.
@NullMarked
package dev.diagbundle.kubeconfig;

import org.jspecify.annotations.NullMarked;

/// Kubeconfig files as data: YAML or JSON as Go reads it, and the entries of one or several files.
/// The entry point is [KubeconfigFiles]. Nothing here opens the files that the entries name.
@NullMarked
package dev.diagbundle.kubeconfig.file;

import org.jspecify.annotations.NullMarked;

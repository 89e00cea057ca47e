/// Access to clusters as kubectl has it: the same kubeconfig, options and environment are given to
/// kubectl and to the program, and a server and proxies record who came, and how.
@NullMarked
package dev.diagbundle.cli.access;

import org.jspecify.annotations.NullMarked;

package dev.diagbundle.cli.options;

import module java.base;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The cluster that a command connects to.
public final class ClusterOptions {
  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = {
        "Kubeconfig file. Default: $KUBECONFIG, then",
        "~/.kube/config, then the pod's service account."
      })
  private @Nullable Path kubeconfig;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Kubeconfig context. Default: the current context.")
  private @Nullable String context;

  @Option(names = "--demo", description = "Use the built-in demo cluster.")
  private boolean demo;

  public Optional<Path> kubeconfig() {
    return Optional.ofNullable(kubeconfig);
  }

  public Optional<String> context() {
    return Optional.ofNullable(context);
  }

  public boolean demo() {
    return demo;
  }
}

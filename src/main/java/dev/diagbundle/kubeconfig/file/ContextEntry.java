package dev.diagbundle.kubeconfig.file;

import module java.base;

import dev.diagbundle.model.DiagbundleException;

/// A context of a kubeconfig.
///
/// @param cluster name of its cluster
/// @param user name of its user
public record ContextEntry(
    Optional<String> cluster, Optional<String> user, Optional<String> namespace) {
  public static final ContextEntry EMPTY =
      new ContextEntry(Optional.empty(), Optional.empty(), Optional.empty());

  static ContextEntry of(EntryFields fields) throws DiagbundleException {
    return new ContextEntry(fields.text("cluster"), fields.text("user"), fields.text("namespace"));
  }
}

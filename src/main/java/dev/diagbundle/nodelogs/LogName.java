package dev.diagbundle.nodelogs;

/// The name of a log: a service of a node.
public record LogName(String node, String service) {
  @Override
  public String toString() {
    return node + " " + service;
  }
}

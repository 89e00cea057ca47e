package dev.diagbundle.nodelogs;

/// Which log: a service of a node.
public record LogName(String node, String service) {
  @Override
  public String toString() {
    return node + " " + service;
  }
}

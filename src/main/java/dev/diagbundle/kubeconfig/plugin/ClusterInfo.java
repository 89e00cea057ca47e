package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;

/// The cluster as a credential plugin is told about it (`spec.cluster` of an `ExecCredential`).
///
/// @param server URL as in the kubeconfig
/// @param authorities certificates as PEM, each byte as one character
/// @param proxyUrl of the kubeconfig
/// @param config of the cluster's extension for credential plugins
public record ClusterInfo(
    String server,
    Optional<String> tlsServerName,
    boolean insecure,
    Optional<String> authorities,
    Optional<String> proxyUrl,
    boolean uncompressed,
    Optional<JsonNode> config) {}

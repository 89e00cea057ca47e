package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;

/// The result of a request for a node's lease.
public sealed interface LeaseResponse {
  /// The lease as the API has it.
  record Found(JsonNode lease) implements LeaseResponse {}

  /// Not found or denied; `error` is the API server's message.
  record Failed(String error) implements LeaseResponse {}
}

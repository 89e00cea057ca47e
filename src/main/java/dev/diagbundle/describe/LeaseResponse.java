package dev.diagbundle.describe;

import com.fasterxml.jackson.databind.JsonNode;

/// What came of asking for the lease that a node renews while it lives.
public sealed interface LeaseResponse {
  /// The lease as the API has it.
  record Found(JsonNode lease) implements LeaseResponse {}

  /// There is none, or it was refused; `error` is the API server's message.
  record Failed(String error) implements LeaseResponse {}
}

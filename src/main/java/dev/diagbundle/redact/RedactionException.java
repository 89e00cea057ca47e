package dev.diagbundle.redact;

/// The failure of a rule: the text may still contain secrets and must not be used. Not an
/// [java.io.IOException], so that it is never mistaken for a truncated source, whose beginning is
/// kept.
public final class RedactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedactionException(String rule, Throwable cause) {
    // Not the cause's words: they may quote the text.
    super("the redaction rule '" + rule + "' failed: " + cause.getClass().getSimpleName(), cause);
  }
}

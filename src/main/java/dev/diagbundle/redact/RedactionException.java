package dev.diagbundle.redact;

/// A rule failed, so nobody knows what is still in the text: it must go nowhere. Not an
/// [java.io.IOException], so that it is never taken for a source that broke off, of which the
/// beginning is kept.
public final class RedactionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedactionException(String rule, Throwable cause) {
    // Not the cause's words: they may quote the text.
    super("the redaction rule '" + rule + "' failed: " + cause.getClass().getSimpleName(), cause);
  }
}

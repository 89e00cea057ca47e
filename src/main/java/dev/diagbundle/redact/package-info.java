/// Redaction: secrets are replaced in a stream of bytes as it passes. Start with [Redaction]; a
/// rule is a [TextRule] and one line in [BuiltInRules]. It does not know bundles or clusters.
/// Memory is bounded whatever the length of lines, and each byte is examined a bounded number of
/// times.
@NullMarked
package dev.diagbundle.redact;

import org.jspecify.annotations.NullMarked;

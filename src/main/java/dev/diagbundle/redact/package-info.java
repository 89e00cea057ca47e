/// Redaction: secrets are replaced in whatever goes into a bundle, as it goes by. Start with
/// [dev.diagbundle.redact.Redaction]; a rule is a [dev.diagbundle.redact.TextRule] and one line in
/// [dev.diagbundle.redact.Rules].
///
/// This package knows bytes, not bundles or clusters. It holds a bounded part of what goes by,
/// whatever the length of lines, and looks at every byte a bounded number of times.
@NullMarked
package dev.diagbundle.redact;

import org.jspecify.annotations.NullMarked;

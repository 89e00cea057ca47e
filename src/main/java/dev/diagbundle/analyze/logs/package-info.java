/// The single pass over all logs: [LogScanner] matches lines against the subscriptions of the
/// rules, and [PatternScanner] counts error lines by message pattern and time.
///
/// It does not depend on the conclusions of rules.
@NullMarked
package dev.diagbundle.analyze.logs;

import org.jspecify.annotations.NullMarked;

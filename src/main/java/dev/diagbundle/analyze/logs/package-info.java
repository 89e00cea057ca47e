/// The single pass over all logs: [LogScanner] matches lines against the subscriptions of the
/// rules, and [PatternScanner] counts error lines by message pattern and time.
///
/// It does not know what a rule concludes from a line.
@NullMarked
package dev.diagbundle.analyze.logs;

import org.jspecify.annotations.NullMarked;

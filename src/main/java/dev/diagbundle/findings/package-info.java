/// The findings of an analysis as data: [Analysis] holds each [Finding] with its [Check],
/// [Severity], [Layer] and [Evidence], the [Verdict] of each check, and the [LogPatterns] of the
/// error lines.
///
/// It does not know how findings are computed, which bundle they come from, or who shows them.
@NullMarked
package dev.diagbundle.findings;

import org.jspecify.annotations.NullMarked;

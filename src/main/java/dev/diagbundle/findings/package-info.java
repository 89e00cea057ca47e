/// The findings of an analysis as data: [Analysis] holds each [Finding] with its [Check],
/// [Severity], [Layer] and [Evidence], the [Verdict] of each check, and the [LogPatterns] of the
/// error lines.
///
/// It does not depend on the rules that compute findings, on bundles, or on the output formats.
@NullMarked
package dev.diagbundle.findings;

import org.jspecify.annotations.NullMarked;

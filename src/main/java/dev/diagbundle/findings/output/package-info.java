/// Output formats of an analysis: text, Markdown, JSON, SARIF and JUnit XML, each a
/// [FindingsOutput], and [LogPatternsJson]. The JSON formats are the files `findings.json` and
/// `log-patterns.json` of a bundle.
///
/// It does not depend on the kind of stream, or on the rules behind findings.
@NullMarked
package dev.diagbundle.findings.output;

import org.jspecify.annotations.NullMarked;

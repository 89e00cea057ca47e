/// Output formats of an analysis: text, Markdown, JSON, SARIF and JUnit XML, each a
/// [FindingsOutput], and [LogPatternsJson]. The JSON formats are the files `findings.json` and
/// `log-patterns.json` of a bundle.
///
/// It does not know which stream it writes to, or why findings were found.
@NullMarked
package dev.diagbundle.findings.output;

import org.jspecify.annotations.NullMarked;

/// Findings: what is broken, told from a bundle alone. [dev.diagbundle.analyze.BundleAnalyzer]
/// reads the bundle once, gives [dev.diagbundle.analyze.Facts] to each
/// [dev.diagbundle.analyze.Analyzer], and puts what they found in order. The rules are in `rules`,
/// the forms of output in `output`; `doc/analyze.md` says how to add a rule.
///
/// It does not ask a cluster, and does not know who shows the findings.
@NullMarked
package dev.diagbundle.analyze;

import org.jspecify.annotations.NullMarked;

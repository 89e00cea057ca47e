/// What users say about findings: checks to ignore, thresholds, rules of their own. Profiles hold
/// it, the analysis obeys it. Start with [dev.diagbundle.model.findings.FindingSettings].
@NullMarked
package dev.diagbundle.model.findings;

import org.jspecify.annotations.NullMarked;

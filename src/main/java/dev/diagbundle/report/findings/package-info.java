/// The findings in the report: `findings.json` parsed into [FindingsIndex], the objects it affects,
/// and [FindingsSection].
///
/// It does not know the other sections, which link to its findings.
@NullMarked
package dev.diagbundle.report.findings;

import org.jspecify.annotations.NullMarked;

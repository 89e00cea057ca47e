/// The findings in the report: [FindingsSection], and [FindingsIndex], which tells the other
/// sections the finding that concerns an object.
///
/// It does not know the other sections, which link to its findings.
@NullMarked
package dev.diagbundle.report.findings;

import org.jspecify.annotations.NullMarked;

/// The findings in the report: [FindingsSection], and [FindingsIndex], in which other sections look
/// up the finding that concerns an object.
///
/// It does not depend on the other sections, which link to its findings.
@NullMarked
package dev.diagbundle.report.findings;

import org.jspecify.annotations.NullMarked;

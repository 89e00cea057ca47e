/// The time window in the report: [TimelineSection] with the warnings, error lines and [Milestones]
/// of each node, and [LogPatternsSection] with the error lines of `log-patterns.json`.
///
/// It does not depend on the header and the verdict of the page.
@NullMarked
package dev.diagbundle.report.timeline;

import org.jspecify.annotations.NullMarked;

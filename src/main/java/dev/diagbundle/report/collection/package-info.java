/// The collection in the report: what was requested, collected, missing and redacted, and how to
/// fix gaps. The main types are [CompletenessSection] and [Gaps].
///
/// It does not know the state of the cluster.
@NullMarked
package dev.diagbundle.report.collection;

import org.jspecify.annotations.NullMarked;

/// The collection in the report: requested, collected, missing and redacted data, and advice on
/// gaps. The main types are [CompletenessSection] and [Gaps].
///
/// It does not depend on the state of the cluster.
@NullMarked
package dev.diagbundle.report.collection;

import org.jspecify.annotations.NullMarked;

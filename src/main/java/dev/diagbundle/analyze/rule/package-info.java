/// The interface between the analysis and its rules: a [Rule] subscribes to objects and log lines
/// ([Subscriptions]), collects each [Hit], and reports findings to its [RuleResult].
///
/// It does not depend on any rule, or on the reading of a bundle.
@NullMarked
package dev.diagbundle.analyze.rule;

import org.jspecify.annotations.NullMarked;

/// The catalogue of built-in rules: one file for each check, and one line in [RuleRegistry]. What
/// several rules share is in `support`.
///
/// A rule knows facts and the rule interface only: not how a bundle is read or how findings are
/// shown.
@NullMarked
package dev.diagbundle.analyze.rules;

import org.jspecify.annotations.NullMarked;

/// The catalogue of built-in rules: one file for each check, and one line in [RuleRegistry]. Code
/// that several rules share is in `support`.
///
/// A rule depends on facts and the rule interface only: not on the reading of a bundle or the
/// presentation of findings.
@NullMarked
package dev.diagbundle.analyze.rules;

import org.jspecify.annotations.NullMarked;

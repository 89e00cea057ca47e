/// User-defined rules, written in profiles: [CustomRules] makes a rule of each.
///
/// It does not depend on the syntax of profiles, or on the built-in rules.
@NullMarked
package dev.diagbundle.analyze.custom;

import org.jspecify.annotations.NullMarked;

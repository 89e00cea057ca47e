/// User-defined rules, written in profiles: [CustomRules] makes a rule of each.
///
/// It does not know how a profile is written, or the rules that are built in.
@NullMarked
package dev.diagbundle.analyze.custom;

import org.jspecify.annotations.NullMarked;

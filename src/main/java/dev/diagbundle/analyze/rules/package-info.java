/// The rules: one file each, and one line in [dev.diagbundle.analyze.rules.Analyzers].
@NullMarked
package dev.diagbundle.analyze.rules;

import org.jspecify.annotations.NullMarked;

/// Rules that users write in profiles, at work: start with [dev.diagbundle.analyze.own.OwnRules].
@NullMarked
package dev.diagbundle.analyze.own;

import org.jspecify.annotations.NullMarked;

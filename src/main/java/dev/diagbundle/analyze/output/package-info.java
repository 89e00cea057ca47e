/// The forms in which findings are shown: for people, for programs, for build servers.
@NullMarked
package dev.diagbundle.analyze.output;

import org.jspecify.annotations.NullMarked;

/// API objects rendered as the text of `kubectl describe`. Everything here is a function from
/// objects and a point in time to text.
@NullMarked
package dev.diagbundle.describe;

import org.jspecify.annotations.NullMarked;

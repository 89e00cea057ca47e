/// Text primitives of Go and kubectl, reproduced exactly: aligned columns ([TabbedText]),
/// quantities, ages, times, sort order, label selectors, and fields of JSON read as Go's typed
/// objects have them. It does not know any kind of object or the layout of a description.
@NullMarked
package dev.diagbundle.describe.kubectl;

import org.jspecify.annotations.NullMarked;

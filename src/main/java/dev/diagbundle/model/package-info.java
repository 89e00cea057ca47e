/// The vocabulary of diagbundle: records, sealed types and small text formats that every other
/// package speaks. Start with [dev.diagbundle.model.Outcome] and [dev.diagbundle.model.TimeWindow].
///
/// This package does no input or output and knows no other package of the project.
@NullMarked
package dev.diagbundle.model;

import org.jspecify.annotations.NullMarked;

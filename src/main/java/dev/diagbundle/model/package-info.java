/// The vocabulary of diagbundle: records, sealed types and small text formats that all other
/// packages share. Start with [Outcome], [Problem] and [TimeWindow]. It does no input or output and
/// knows no other package of the project.
@NullMarked
package dev.diagbundle.model;

import org.jspecify.annotations.NullMarked;

/// Truncation of logs that are too long: [KeptRanges] selects what is kept, [LogTruncator] replaces
/// the rest with markers, and [Truncation] records what is missing. It works on streams of bytes
/// and does not know archives, manifests or size limits.
@NullMarked
package dev.diagbundle.bundle.truncate;

import org.jspecify.annotations.NullMarked;

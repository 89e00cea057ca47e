/// Readers of the JSON files of an analysis: [FindingsReader] and [LogPatternsReader] read in one
/// pass, in bounded memory, and yield the records of `findings`.
///
/// It does not depend on the bundle of a file, or on the use of the records.
@NullMarked
package dev.diagbundle.findings.read;

import org.jspecify.annotations.NullMarked;

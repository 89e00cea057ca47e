/// Readers of the JSON files of an analysis: [FindingsReader] and [LogPatternsReader] read in one
/// pass, in bounded memory, and yield the records of `findings`.
///
/// It does not know which bundle a file comes from, or what is made of it.
@NullMarked
package dev.diagbundle.findings.read;

import org.jspecify.annotations.NullMarked;

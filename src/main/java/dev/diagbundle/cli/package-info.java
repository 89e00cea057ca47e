/// The command line: one command per file, the views of progress, exit codes, and the wiring of all
/// other packages. The only package that touches standard streams and the system clock.
///
/// This package owns picocli.
@NullMarked
package dev.diagbundle.cli;

import org.jspecify.annotations.NullMarked;

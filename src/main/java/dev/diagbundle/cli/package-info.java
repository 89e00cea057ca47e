/// The command line: one command per file, started by [Main], and the wiring of all other rooms.
/// Only `cli` and its sub-packages use standard streams and the system clock. `cli` owns picocli.
///
/// It has no logic of its own beyond options, messages and exit codes.
@NullMarked
package dev.diagbundle.cli;

import org.jspecify.annotations.NullMarked;

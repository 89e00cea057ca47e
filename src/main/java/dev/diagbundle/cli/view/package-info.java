/// The output of commands: progress, summaries, tables and JSON results. Start with [RunSummary].
///
/// It does not know commands or options.
@NullMarked
package dev.diagbundle.cli.view;

import org.jspecify.annotations.NullMarked;

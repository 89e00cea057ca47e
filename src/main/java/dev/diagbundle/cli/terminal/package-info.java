/// The process around a command: [Session] with its [Terminal], standard streams, signals and exit
/// codes. Text from clusters is made printable here.
///
/// It does not know commands, options or bundles.
@NullMarked
package dev.diagbundle.cli.terminal;

import org.jspecify.annotations.NullMarked;

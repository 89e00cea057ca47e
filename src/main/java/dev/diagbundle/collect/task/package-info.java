/// The task executor: [TaskExecutor] runs planned tasks on virtual threads, fairly across nodes and
/// within their limits, turns failures into outcomes, and gives each task redacted entries of the
/// bundle to write to.
///
/// It does not depend on the data that a task collects, or on objects, profiles or sources.
@NullMarked
package dev.diagbundle.collect.task;

import org.jspecify.annotations.NullMarked;

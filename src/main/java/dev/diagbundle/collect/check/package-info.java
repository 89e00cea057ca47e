/// The preflight check: whether the user's permissions and the nodes allow what a run would
/// request, and the least-privilege roles that would. Main type: [Preflight].
///
/// It writes no bundle and reads no logs, and no objects other than nodes and type definitions.
@NullMarked
package dev.diagbundle.collect.check;

import org.jspecify.annotations.NullMarked;

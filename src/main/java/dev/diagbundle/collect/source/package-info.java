/// The sources: one [Source] per kind of profile item. A source plans the tasks of an item with the
/// [Planner] and declares the permissions that they need. A new kind of item is a new [Source] and
/// one line in [Sources].
///
/// It does not know the command's request, how many clusters a run has, or how the bundle is
/// completed.
@NullMarked
package dev.diagbundle.collect.source;

import org.jspecify.annotations.NullMarked;

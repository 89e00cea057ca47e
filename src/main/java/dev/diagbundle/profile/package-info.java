/// Profiles as data: what to collect, from which nodes, pods and containers, and the limits of a
/// run. The main type is [Profile]; [ItemSpec] lists the kinds of items. It does no input or output
/// and does not know the file format, which is in `profile.load`.
@NullMarked
package dev.diagbundle.profile;

import org.jspecify.annotations.NullMarked;

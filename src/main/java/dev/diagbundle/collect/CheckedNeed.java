package dev.diagbundle.collect;

import dev.diagbundle.cluster.Access;

/// A right that a run needs, and how it stands with it.
public record CheckedNeed(Need need, Access access) {}

package dev.diagbundle.collect.check;

import dev.diagbundle.cluster.AccessDecision;
import dev.diagbundle.collect.source.RequiredRight;

/// A right that a run needs, and whether it is granted.
public record CheckedRight(RequiredRight need, AccessDecision access) {}

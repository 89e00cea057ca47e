package dev.diagbundle.analyze.facts;

import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import java.time.Instant;

/// Events of one reason about one object that say the same, taken together.
///
/// @param object what it is about
/// @param uid of that object: a new one may have the same name
/// @param node where it happened, if the reporter says so
/// @param cause the message without identifiers, numbers and names: equal for events that say the
///   same
/// @param message of the newest
/// @param count how often it happened
/// @param objects how many event objects there are
/// @param evidence the newest
public record EventFact(
    String reason,
    boolean warning,
    ObjectName object,
    String uid,
    String component,
    String node,
    String cause,
    String message,
    long count,
    int objects,
    Instant first,
    Instant last,
    Evidence evidence) {}

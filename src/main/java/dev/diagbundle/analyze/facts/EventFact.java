package dev.diagbundle.analyze.facts;

import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import java.time.Instant;

/// Events of one reason and one cause about one object, merged.
///
/// @param object the object that it is about
/// @param uid the UID of that object: a new one may have the same name
/// @param node the node where it happened, if the reporter names it
/// @param cause the message without identifiers, numbers and names: equal for merged events
/// @param message the message of the newest
/// @param count the number of occurrences
/// @param objects the number of event objects
/// @param evidence the newest as evidence
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

/// API objects rendered as the text of kubectl 1.36: [NodeDescription], [PodDescription],
/// [DescribedKind] for workloads, Services and claims, [EventTable] for `kubectl events`. Each is a
/// function from JSON objects and a [Viewpoint] to text; missing or mistyped fields are shown as if
/// they were absent. It sends no requests, writes no files and does not redact: remove secrets from
/// the objects before.
@NullMarked
package dev.diagbundle.describe;

import org.jspecify.annotations.NullMarked;

/// Facts about one cluster as a bundle tells them: [Facts] with its nodes, pods, services, events,
/// requests and log lines, kept small enough for a large cluster.
///
/// It does not know the rules, and does not judge what it holds.
@NullMarked
package dev.diagbundle.analyze.facts;

import org.jspecify.annotations.NullMarked;

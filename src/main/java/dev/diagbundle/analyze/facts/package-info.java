/// Facts about one cluster from a bundle: [Facts] with its nodes, pods, services, events, requests
/// and log lines, kept small enough for a large cluster.
///
/// It does not depend on the rules, and does not judge its facts.
@NullMarked
package dev.diagbundle.analyze.facts;

import org.jspecify.annotations.NullMarked;

/// The objects of a cluster: each type is listed once ([Lists]), written to the bundle without
/// secrets, and indexed in the [Inventory], from which sources choose nodes, pods and objects to
/// describe.
///
/// It does not know the sources or the check.
@NullMarked
package dev.diagbundle.collect.inventory;

import org.jspecify.annotations.NullMarked;

package dev.diagbundle.collect;

import java.util.List;

/// The types of objects that a cluster serves, as far as it tells. Nothing is asked before the
/// first call.
interface ServedTypes {
  /// All types that can be listed, each in its group's preferred version.
  List<ResourceType> all() throws InterruptedException;

  /// The types of custom resource definitions.
  List<ResourceType> custom() throws InterruptedException;
}

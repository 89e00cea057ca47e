package dev.diagbundle.collect.source;

import dev.diagbundle.profile.ItemSpec;

/// The source of one kind of item, which turns an item of a profile into tasks. A new kind is a new
/// implementation and one line in [Sources].
///
/// @param <S> kind of the item
interface Source<S extends ItemSpec> {
  /// The kind of item that it plans.
  Class<S> spec();

  /// Plans the item. Sends no requests to the cluster itself: its tasks do.
  void plan(S spec, Planner planner);

  /// Declares the rights without which the API server would refuse the requests of the item's
  /// tasks: all of them, and no others.
  void needs(S spec, ItemRights needs) throws InterruptedException;
}

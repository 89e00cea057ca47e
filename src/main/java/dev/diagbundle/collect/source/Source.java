package dev.diagbundle.collect.source;

import dev.diagbundle.profile.ItemSpec;

/// Where one kind of item comes from: it turns an item of a profile into tasks. A new kind is a new
/// implementation and one line in [Sources].
///
/// @param <S> the item's kind
interface Source<S extends ItemSpec> {
  /// The kind of item that it plans.
  Class<S> spec();

  /// Plans the item. Asks nothing of the cluster itself: its tasks do.
  void plan(S spec, Planner planner);

  /// Declares the rights without which the API server would refuse what the tasks of the item ask:
  /// all of them, and no others.
  void needs(S spec, ItemRights needs) throws InterruptedException;
}

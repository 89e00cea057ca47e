/// Profiles: YAML read into a tree with positions, compared as a whole with the format's shape,
/// then bound to the records around [dev.diagbundle.profile.Profile]. Built-in profiles are
/// resources of the jar. Start with [dev.diagbundle.profile.Profiles]; the format itself is
/// declared in `ProfileFormat` and `ItemKind`.
///
/// This package owns SnakeYAML. It knows nothing of clusters or bundles.
@NullMarked
package dev.diagbundle.profile;

import org.jspecify.annotations.NullMarked;

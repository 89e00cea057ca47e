/// Profiles: YAML read into a tree with positions, validated as a whole, then bound to the records
/// around [dev.diagbundle.profile.Profile]. Built-in profiles are resources of the jar.
///
/// This package owns Jackson's YAML format. It knows nothing of clusters or bundles.
@NullMarked
package dev.diagbundle.profile;

import org.jspecify.annotations.NullMarked;

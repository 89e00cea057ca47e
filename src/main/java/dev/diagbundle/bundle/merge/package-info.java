/// Merging of several bundles into one: [BundleMerger] copies the compressed contents, and renames
/// clusters and items that would collide. It does not change the source bundles and does not look
/// into contents except to verify them.
@NullMarked
package dev.diagbundle.bundle.merge;

import org.jspecify.annotations.NullMarked;

/// Writing of bundles: [BundleWriter] takes entries from many threads, keeps the archive within its
/// size limit, and defers entries by [Priority] when space is scarce. It does not know where
/// entries come from or what their content means.
@NullMarked
package dev.diagbundle.bundle.write;

import org.jspecify.annotations.NullMarked;

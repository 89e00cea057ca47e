/// Bundles: the format, and everything that writes, reads, searches or merges one. The types are in
/// sub-packages, from the bottom up: `manifest`, `archive`, `truncate`, `read`, `write`, `search`,
/// `merge`. Start with [dev.diagbundle.bundle.write.BundleWriter] and
/// [dev.diagbundle.bundle.read.BundleSource]; the format is described in `doc/bundle-format.md`. It
/// does not know where entries come from.
@NullMarked
package dev.diagbundle.bundle;

import org.jspecify.annotations.NullMarked;

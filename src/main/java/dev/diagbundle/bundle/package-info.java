/// The bundle: its layout, its container (tar in gzip, a member for each piece), its manifest, and
/// how all of that is written and read. Start with [dev.diagbundle.bundle.BundleWriter] and
/// [dev.diagbundle.bundle.BundleContents].
///
/// This package owns commons-compress. It does not know where entries come from.
@NullMarked
package dev.diagbundle.bundle;

import org.jspecify.annotations.NullMarked;

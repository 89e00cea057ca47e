/// Reading and verification of bundles: [BundleSource] opens an indexed archive, any other tar
/// archive, a folder or a stream as a [Bundle]. All input is treated as hostile. It never writes a
/// bundle and does not know who reads one.
@NullMarked
package dev.diagbundle.bundle.read;

import org.jspecify.annotations.NullMarked;

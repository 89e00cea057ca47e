/// The container of a bundle: tar and gzip streams, spool files, numbered parts, age encryption,
/// and the [IndexPointer] at the end of the file. It owns commons-compress and jagged. It does not
/// know the manifest or what an entry is.
@NullMarked
package dev.diagbundle.bundle.archive;

import org.jspecify.annotations.NullMarked;

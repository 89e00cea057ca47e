/// Selection and search of a bundle's files: by path, cluster and node; lines that match a pattern
/// ([BundleSearch]); and logs merged by time ([MergedLogs]). It only reads bundles; it does not
/// know terminals or output formats.
@NullMarked
package dev.diagbundle.bundle.search;

import org.jspecify.annotations.NullMarked;

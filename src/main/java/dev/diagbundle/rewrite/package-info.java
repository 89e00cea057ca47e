/// The rewriting of finished bundles: [BundleRedactor] applies redaction rules to every file of a
/// bundle and writes the result as another bundle. The original is not changed.
///
/// It does not know clusters or the collection.
@NullMarked
package dev.diagbundle.rewrite;

import org.jspecify.annotations.NullMarked;

/// The profile file format: its declaration, validation, merging of profiles that extend others,
/// JSON Schema, and the way back to YAML. The entry point is [ProfileCatalog]; [ProfileFormat] and
/// [ItemFormat] declare the format. The file of redaction rules ([RedactionRules]) is checked by
/// the same means. It knows nothing of clusters or bundles.
@NullMarked
package dev.diagbundle.profile.load;

import org.jspecify.annotations.NullMarked;

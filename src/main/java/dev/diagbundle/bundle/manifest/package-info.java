/// The manifest of a bundle: its records ([Manifest], `Item`, `Entry`), their JSON and in-memory
/// forms, the paths of a bundle's files, and the content of `SHA256SUMS`. It does not know how a
/// bundle is stored: no archive, file or folder.
@NullMarked
package dev.diagbundle.bundle.manifest;

import org.jspecify.annotations.NullMarked;

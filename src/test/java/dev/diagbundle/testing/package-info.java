/// What tests of several packages share.
@NullMarked
package dev.diagbundle.testing;

import org.jspecify.annotations.NullMarked;

/// The collection: sources turn the items of a profile into tasks, the executor runs them within
/// the limits, and every outcome reaches the manifest. A new kind of item is one new
/// [dev.diagbundle.collect.Source] and one line in [dev.diagbundle.collect.Sources].
@NullMarked
package dev.diagbundle.collect;

import org.jspecify.annotations.NullMarked;

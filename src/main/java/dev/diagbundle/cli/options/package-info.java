/// Options that commands share, as picocli mixins: [ScopeOptions], [LimitOptions],
/// [IdentityOptions] and others. Each turns arguments into a request or settings.
///
/// It does not know the commands.
@NullMarked
package dev.diagbundle.cli.options;

import org.jspecify.annotations.NullMarked;

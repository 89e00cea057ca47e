package dev.diagbundle.cli.access;

import java.util.List;
import java.util.stream.Stream;

/// All configurations.
final class AccessMatrix {
  private AccessMatrix() {}

  static Stream<AccessCase> all() {
    return Stream.of(
            ServerCases.servers(),
            UserCases.users(),
            UserCases.impersonation(),
            PluginCases.plugins(),
            ProxyCases.proxies(),
            ProxyCases.noProxy(),
            FileCases.files(),
            FileCases.yaml(),
            FileCases.options(),
            FileCases.strayVariables())
        .flatMap(List::stream);
  }
}

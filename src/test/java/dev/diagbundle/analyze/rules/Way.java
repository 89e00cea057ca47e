package dev.diagbundle.analyze.rules;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.cli.CollectedScenario;
import dev.diagbundle.findings.Analysis;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.model.DiagbundleException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// How a scenario comes to its findings. Both ways lead to the same.
enum Way {
  /// The bundle is what the test describes.
  IN_MEMORY,
  /// The described cluster is served, and the bundle is what `collect -p support` makes of it.
  COLLECTED;

  Analysis analyze(ClusterBundle bundle, Path folder) throws DiagbundleException, IOException {
    return switch (this) {
      case IN_MEMORY -> bundle.analyze(RuleRegistry.all());
      case COLLECTED -> CollectedScenario.support(bundle).analyze(folder);
    };
  }

  /// The ids of the roots in their order, without the one that only a run can have: what its
  /// identity may do.
  List<String> roots(Analysis analysis) {
    return analysis.roots().stream()
        .map(Finding::id)
        .filter(id -> this == IN_MEMORY || !id.equals("bundle-collector-overprivileged"))
        .toList();
  }
}

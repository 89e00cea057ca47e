package dev.diagbundle.profile.load;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.profile.DescribedPods;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.ItemSpec.Common;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.Violation;

/// The item kind `describe`: its keys, and their reading and writing.
final class DescribeKind {
  static final String DESCRIPTION =
      "The texts of kubectl describe for pods that need attention, and for the workloads, Services"
          + " and claims that are in trouble or belong to such pods.";

  private static final List<String> WORKLOADS =
      List.of(DescribedPods.UNHEALTHY.label(), DescribedPods.NONE.label());

  static final List<Shape.Key> KEYS =
      List.of(
          Shape.Key.optional(
                  "pods",
                  oneOf("which pods such as unhealthy", DescribedPods.labels()),
                  "Which pods: unhealthy ones (not ready though they should be, pending, failed,"
                      + " stuck in their deletion, or restarted inside the window), all, or none.")
              .withFallback(DescribedPods.UNHEALTHY.label()),
          Shape.Key.optional(
                  "workloads",
                  oneOf("which workloads such as unhealthy", WORKLOADS),
                  "Which workloads, Services and claims: unhealthy ones (with an unhealthy pod,"
                      + " with fewer ready than desired, without a ready endpoint, not bound), or"
                      + " none.")
              .withFallback(DescribedPods.UNHEALTHY.label()));

  private DescribeKind() {}

  static ItemSpec bind(Common common, MappingValues keys) {
    return new ItemSpec.Describe(
        common,
        keys.text("pods").map(DescribedPods::labelled).orElse(DescribedPods.UNHEALTHY),
        !keys.text("workloads").equals(Optional.of(DescribedPods.NONE.label())));
  }

  /// Writes what is not as usual.
  static void write(ObjectNode keys, ItemSpec.Describe describe) {
    if (describe.pods() != DescribedPods.UNHEALTHY) {
      keys.put("pods", describe.pods().label());
    }
    if (!describe.workloads()) {
      keys.put("workloads", DescribedPods.NONE.label());
    }
  }

  private static Shape oneOf(String expected, List<String> words) {
    return new Shape.Text(
        new TextForm(
            expected,
            words.getFirst(),
            "^(" + String.join("|", words) + ")$",
            20,
            false,
            text ->
                words.contains(text)
                    ? Optional.empty()
                    : Violation.of(
                        "expected "
                            + expected
                            + ", got "
                            + Quoted.text(text)
                            + Suggestion.question(text, words),
                        "one of: " + String.join(", ", words))));
  }
}

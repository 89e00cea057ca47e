package dev.diagbundle.report.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.report.HtmlPage;
import dev.diagbundle.report.MemoryBundle;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NodeColumnsTest {
  private static final Outcome ABSENT =
      new Outcome.Skipped(Reason.NOT_FOUND, "log not found for k3s");
  private static final Outcome DOWN = new Outcome.Failed(Reason.UNREACHABLE, "refused");

  @Test
  void servicesThatNoNodeHasAreNamedBelowTheTable() throws IOException {
    var bundle = new MemoryBundle();
    bundle.item("nodeLogs", "n1", "kubelet", new Outcome.Collected(), 3);
    bundle.item("nodeLogs", "n1", "k3s", ABSENT, 3);
    bundle.item("nodeLogs", "n2", "kubelet", DOWN, 3);
    bundle.item("nodeLogs", "n2", "containerd", DOWN, 3);
    bundle.item("nodeLogs", "n2", "k3s", DOWN, 3);

    assertEquals(List.of("kubelet", "containerd"), names(bundle));
    assertTrue(
        new HtmlPage(bundle.page())
            .text()
            .contains("Also requested, but not collected from any node: k3s."));
  }

  @Test
  void aServiceThatFailsOnANodeWithOtherLogsHasItsColumn() {
    var bundle = new MemoryBundle();
    bundle.item("nodeLogs", "n1", "kubelet", new Outcome.Collected(), 3);
    bundle.item("nodeLogs", "n1", "crio", new Outcome.Failed(Reason.TIMED_OUT, "30 s"), 3);

    assertEquals(List.of("kubelet", "crio"), names(bundle));
  }

  private static List<String> names(MemoryBundle bundle) {
    return NodeColumns.of(bundle.manifest().items()).columns().stream()
        .map(NodeColumns.Column::name)
        .toList();
  }
}

package dev.diagbundle.analyze.rules;

import static dev.diagbundle.analyze.ClusterBundle.pod;
import static dev.diagbundle.analyze.ClusterBundle.status;
import static dev.diagbundle.analyze.rules.TestObjects.ids;
import static dev.diagbundle.analyze.rules.TestObjects.node;
import static dev.diagbundle.analyze.rules.TestObjects.stats;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.analyze.ClusterBundle;
import dev.diagbundle.findings.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A full disk of one node: it evicts 40 pods and cannot pull three images. A crash loop on another
/// node has nothing to do with it.
final class ScenarioS5Test {
  @TempDir private Path folder = Path.of("");

  private static final String EVICTED =
      "{'phase':'Failed','reason':'Evicted','message':'The node was low on resource:"
          + " ephemeral-storage.','conditions':[{'type':'Ready','status':'False'},{'type':"
          + "'DisruptionTarget','status':'True','reason':'TerminationByKubelet',"
          + "'lastTransitionTime':'2026-11-21T03:10:00Z'}],"
          + "'startTime':'2026-11-21T03:00:00Z'}";
  private static final String NO_SPACE =
      status(
          "False",
          "'state':{'waiting':{'reason':'ErrImagePull','message':'failed to extract layer: write"
              + " /var/lib/x: no space left on device'}}");
  private static final String CRASH =
      status(
          "False",
          "'restartCount':6,'state':{'waiting':{'reason':'CrashLoopBackOff'}},'lastState':"
              + "{'terminated':{'exitCode':3,'reason':'Error','message':'bad flag',"
              + "'finishedAt':'2026-11-21T03:13:00Z'}}");

  @ParameterizedTest
  @EnumSource
  void fullDiskIsOneRootAndTheCrashLoopElsewhereAnother(Way way) throws Exception {
    var pods = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      pods.add(on("n3", pod("evicted-" + i, "web", EVICTED)));
    }
    // Evicted more than a day before: that is over.
    pods.add(on("n3", pod("evicted-old", "web", EVICTED.replace("11-21", "11-19"))));
    for (int i = 0; i < 3; i++) {
      pods.add(on("n3", pull(i)));
    }
    pods.add(pod("crash", "crash", CRASH));
    var full =
        node(
            "n3",
            "'type':'DiskPressure','status':'True','message':'kubelet has disk pressure',"
                + "'lastTransitionTime':'2026-11-21T03:05:00Z'},{'type':'Ready','status':'True'",
            "",
            "");
    var analysis =
        way.analyze(
            new ClusterBundle()
                .objects("nodes.json", node("n1", "True"), node("n2", "True"), full)
                .file("nodes/n3/kubelet/stats-summary.json", stats(4))
                .objects("pods/shop.json", pods.toArray(String[]::new)),
            folder);

    var critical = analysis.roots().stream().filter(root -> root.severity() == Severity.CRITICAL);
    var roots = critical.toList();
    assertEquals(List.of("node-disk-pressure", "pod-crash-loop"), ids(roots));
    var disk = roots.getFirst();
    assertEquals("Disk (nodefs) of 1 node (n3) is 4.0 % free", disk.title());
    var pulls =
        disk.symptoms().stream()
            .filter(child -> child.id().equals("pod-image-pull-failure"))
            .mapToInt(child -> child.count())
            .sum();
    assertEquals(3, pulls);
    assertTrue(roots.getLast().symptoms().isEmpty());
    // The one of two days ago is worth knowing, and no part of this.
    for (var finding : analysis.all()) {
      boolean old = finding.objects().stream().anyMatch(each -> each.name().equals("evicted-old"));
      assertTrue(!old || (finding.severity() == Severity.INFO && finding.count() == 1));
    }
    var evicted =
        disk.symptoms().stream()
            .filter(child -> child.id().equals("pod-evicted-or-rejected"))
            .mapToInt(child -> child.count())
            .sum();
    assertEquals(40, evicted);
  }

  private static String pull(int number) {
    return pod("pull-" + number, "pull-" + number, NO_SPACE)
        .replace("app:1", "app:1" + number)
        .replace("T02:00:00Z", "T03:11:00Z");
  }

  private static String on(String node, String pod) {
    return pod.replace("\"nodeName\":\"n1\"", "\"nodeName\":\"" + node + "\"");
  }
}

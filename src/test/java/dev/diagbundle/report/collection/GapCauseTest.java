package dev.diagbundle.report.collection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GapCauseTest {
  @Test
  void logQueryThatIsOffNamesTheSetting() {
    var remedy =
        GapCause.of(
            item(
                "nodeLogs",
                new Outcome.Skipped(Reason.UNSUPPORTED, "(enableSystemLogQuery is off)")));

    assertEquals(GapCause.LOG_QUERY_OFF, remedy);
    assertEquals(
        Optional.of("enableSystemLogQuery: true"),
        Advice.of(remedy, "support", List.of("rig-2")).command());
  }

  @Test
  void logThatCameInPartIsNoSignOfAQueryThatIsOff() {
    assertEquals(
        GapCause.UNSUPPORTED,
        GapCause.of(item("nodeLogs", new Outcome.Partial(Reason.UNSUPPORTED, "unknown zone"))));
  }

  @Test
  void forbiddenKubeletNamesAClusterRole() {
    var remedy = GapCause.of(item("kubelet", new Outcome.Failed(Reason.FORBIDDEN, "403")));

    assertEquals(GapCause.NODES_PROXY_FORBIDDEN, remedy);
    assertEquals(
        Optional.of(
            "kubectl create clusterrole diagbundle-nodes --verb=get --resource=nodes/proxy"),
        Advice.of(remedy, "support", List.of("rig-2")).command());
  }

  @Test
  void kubeletThatDistrustsTheApiServerIsNoMatterOfRights() {
    var words = "the kubelet rejects the API server's certificate (401 Unauthorized)";
    assertEquals(
        GapCause.KUBELET_DISTRUSTS,
        GapCause.of(item("nodeLogs", new Outcome.Failed(Reason.FORBIDDEN, words))));
  }

  @Test
  void serviceThatANodeCannotShowIsNoMatterOfTheLogQuery() {
    assertEquals(
        GapCause.UNSUPPORTED,
        GapCause.of(
            item(
                "nodeLogs",
                new Outcome.Skipped(Reason.UNSUPPORTED, "error: journal output not available"))));
  }

  @Test
  void everyReasonHasAHint() {
    var remedies = EnumSet.noneOf(GapCause.class);
    for (var reason : Reason.values()) {
      var remedy = GapCause.of(item("events", new Outcome.Failed(reason, "")));
      remedies.add(remedy);
      assertEquals(false, Advice.of(remedy, "support", List.of()).text().isEmpty());
    }
    assertEquals(Reason.values().length, remedies.size());
    assertEquals(
        GapCause.INTERRUPTED, GapCause.of(item("events", new Outcome.Cancelled("deadline"))));
  }

  @Test
  void commandsNameThreeNodesAtMost() {
    assertEquals(
        Optional.of("diagbundle collect -p support --node a --node b --node c"),
        Advice.of(GapCause.UNREACHABLE, "support", List.of("a", "b", "c", "d")).command());
  }

  @Test
  void namesThatAShellCouldMisreadMakeNoCommand() {
    for (String name : List.of("a;b", "$(id)", "-o", "a b", "")) {
      assertEquals(
          Optional.empty(), Advice.of(GapCause.UNREACHABLE, "support", List.of(name)).command());
    }
  }

  private static Item item(String kind, Outcome outcome) {
    return new Item("id", ItemKind.ofLabel(kind), "rig-2", "x", outcome, 0, Duration.ZERO);
  }
}

package dev.diagbundle.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.bundle.Item;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RemedyTest {
  @Test
  void logQueryThatIsOffNamesTheSetting() {
    var remedy =
        Remedy.of(
            item(
                "nodeLogs",
                new Outcome.Skipped(Reason.UNSUPPORTED, "(enableSystemLogQuery is off)")));

    assertEquals(Remedy.LOG_QUERY_OFF, remedy);
    assertEquals(
        Optional.of("enableSystemLogQuery: true"),
        Advice.of(remedy, "support", List.of("rig-2")).command());
  }

  @Test
  void logThatCameInPartIsNoSignOfAQueryThatIsOff() {
    assertEquals(
        Remedy.UNSUPPORTED,
        Remedy.of(item("nodeLogs", new Outcome.Partial(Reason.UNSUPPORTED, "unknown zone"))));
  }

  @Test
  void forbiddenKubeletNamesAClusterRole() {
    var remedy = Remedy.of(item("kubelet", new Outcome.Failed(Reason.FORBIDDEN, "403")));

    assertEquals(Remedy.NODES_PROXY_FORBIDDEN, remedy);
    assertEquals(
        Optional.of(
            "kubectl create clusterrole diagbundle-nodes --verb=get --resource=nodes/proxy"),
        Advice.of(remedy, "support", List.of("rig-2")).command());
  }

  @Test
  void kubeletThatDistrustsTheApiServerIsNoMatterOfRights() {
    var words = "the kubelet does not accept the API server's certificate (401 Unauthorized)";
    assertEquals(
        Remedy.KUBELET_DISTRUSTS,
        Remedy.of(item("nodeLogs", new Outcome.Failed(Reason.FORBIDDEN, words))));
  }

  @Test
  void serviceThatANodeCannotShowIsNoMatterOfTheLogQuery() {
    assertEquals(
        Remedy.UNSUPPORTED,
        Remedy.of(
            item(
                "nodeLogs",
                new Outcome.Skipped(Reason.UNSUPPORTED, "error: journal output not available"))));
  }

  @Test
  void everyReasonHasAHint() {
    var remedies = EnumSet.noneOf(Remedy.class);
    for (var reason : Reason.values()) {
      var remedy = Remedy.of(item("events", new Outcome.Failed(reason, "")));
      remedies.add(remedy);
      assertEquals(false, Advice.of(remedy, "support", List.of()).text().isEmpty());
    }
    assertEquals(Reason.values().length, remedies.size());
    assertEquals(Remedy.INTERRUPTED, Remedy.of(item("events", new Outcome.Cancelled("deadline"))));
  }

  @Test
  void commandsNameThreeNodesAtMost() {
    assertEquals(
        Optional.of("diagbundle collect -p support --node a --node b --node c"),
        Advice.of(Remedy.UNREACHABLE, "support", List.of("a", "b", "c", "d")).command());
  }

  @Test
  void namesThatAShellCouldMisreadMakeNoCommand() {
    for (String name : List.of("a;b", "$(id)", "-o", "a b", "")) {
      assertEquals(
          Optional.empty(), Advice.of(Remedy.UNREACHABLE, "support", List.of(name)).command());
    }
  }

  private static Item item(String kind, Outcome outcome) {
    return new Item("id", kind, "rig-2", "x", outcome, 0, Duration.ZERO);
  }
}

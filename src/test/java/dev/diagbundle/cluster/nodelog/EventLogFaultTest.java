package dev.diagbundle.cluster.nodelog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.Fault;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.WindowsNode;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.serve.ApiStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A Windows node whose answers go wrong.
@Tag("fault")
final class EventLogFaultTest {
  private static final String FROM = "2026-11-21T00:00:00Z";
  private static final String TO = "2026-11-21T12:00:00Z";
  private static final String TYPE = Fault.TYPE;

  @TempDir Path folder;

  @Test
  void answerCutOffInTheMiddleIsAskedAgainAndJoined() throws Exception {
    var node = fiveEvents();
    for (int cut = 0; cut < 360; cut += 23) {
      int bytes = cut;
      var copied =
          copy(node, whole -> Fault.late(Arrays.copyOf(whole, Math.min(bytes, whole.length))));
      assertEquals(Optional.of(new Outcome.Collected()), copied.outcome(), "cut at " + cut);
      assertEquals(List.of("a", "b", "b", "c", "d"), copied.messages(), "cut at " + cut);
    }
  }

  @Test
  void connectionThatBreaksInTheMiddleIsAskedAgainAndJoined() throws Exception {
    var copied =
        copy(
            fiveEvents(),
            whole ->
                exchange -> {
                  var out = exchange.body(200, TYPE, whole.length);
                  out.write(whole, 0, whole.length - 40);
                  exchange.cut();
                });
    assertEquals(Optional.of(new Outcome.Collected()), copied.outcome());
    assertEquals(List.of("a", "b", "b", "c", "d"), copied.messages());
  }

  @Test
  void answerThatIsCutTwiceIsPartialAndNamesTheGap() throws Exception {
    Fault cut = whole -> Fault.late(Arrays.copyOf(whole, whole.length - 8));
    var node =
        new WindowsNode(folder)
            .event("2026-11-21T00:10:00Z", "a")
            .event("2026-11-21T00:20:00Z", "b")
            .event("2026-11-21T03:00:00Z", "c");
    var copied = copy(node, cut, cut);
    assertEquals(
        Optional.of(
            new Outcome.Partial(
                Reason.TRUNCATED,
                "the kubelet cut off the response; the events after 11/21/2026 12:20:00 AM"
                    + " (node's clock) are missing")),
        copied.outcome());
    assertEquals(List.of("a", "b"), copied.messages());
    assertEquals(2, node.queries.size());
  }

  @Test
  void refusalAfterTheFirstSliceIsPartialInItsWords() throws Exception {
    var copied =
        copy(
            fiveEvents(),
            Fault::unchanged,
            _ ->
                exchange -> ApiStatus.serviceUnavailable("dial tcp: i/o timeout").sendTo(exchange));
    var outcome = (Outcome.Partial) copied.outcome().orElseThrow();
    assertEquals(Reason.UNREACHABLE, outcome.reason());
    assertTrue(
        outcome.detail().startsWith("the events from 2026-11-21T06:00:00Z on are missing: "),
        outcome.detail());
    assertEquals(List.of("a", "b", "b", "c"), copied.messages());
  }

  @Test
  void refusalOfTheFirstSliceIsThrown() {
    var refusal =
        assertThrows(
            RequestFailedException.class,
            () ->
                copy(
                    fiveEvents(),
                    _ -> exchange -> ApiStatus.serviceUnavailable("EOF").sendTo(exchange)));
    assertEquals(Reason.INVALID_ANSWER, refusal.reason());
  }

  @ParameterizedTest
  @CsvSource({
    "'Get-WinEvent : Keine Ereignisse gefunden.', 'ObjectNotFound: (:)', NoMatchingEventsFound, skipped, EMPTY",
    "'Get-WinEvent : There is not an event provider.', 'ObjectNotFound: (nssm:String)', NoMatchingProvidersFound, skipped, NOT_FOUND",
    "'Get-WinEvent : Attempted to perform an unauthorized operation.', 'PermissionDenied: (:)', System.UnauthorizedAccessException, failed, FORBIDDEN",
    "'Get-WinEvent : The RPC server is unavailable', 'NotSpecified: (:)', System.Diagnostics.Eventing.Reader.EventLogException, failed, INVALID_ANSWER",
    "'Format-Table : Exception of type ''System.OutOfMemoryException'' was thrown.', 'NotSpecified: (:)', 'System.OutOfMemoryException', failed, TIMED_OUT"
  })
  void errorOfPowerShellIsAnOutcomeInAnyLanguage(
      String sentence, String category, String id, String label, Reason reason) throws Exception {
    Fault fault = _ -> exchange -> exchange.send(200, TYPE, "\r\n" + error(sentence, category, id));
    var copied = copy(fiveEvents(), fault, fault, fault, fault, fault);
    var outcome = copied.outcome().orElseThrow();
    assertEquals(label, outcome.label());
    assertEquals(Optional.of(reason), outcome.why());
    assertEquals("", copied.text());
  }

  @Test
  void errorBehindTheEventsMakesThemPartial() throws Exception {
    var error = error("Get-WinEvent : Disk problem", "NotSpecified: (:)", "Some.Exception");
    var copied = copy(fiveEvents(), whole -> Fault.late(join(whole, error)));
    assertEquals(
        Optional.of(
            new Outcome.Partial(
                Reason.INVALID_ANSWER, "PowerShell also reported: Get-WinEvent : Disk problem")),
        copied.outcome());
    assertEquals(List.of("a", "b", "b", "c", "d"), copied.messages());
  }

  @Test
  void eventsThatSpeakOfErrorsAreEvents() throws Exception {
    var node =
        new WindowsNode(folder)
            .event(
                "2026-11-21T01:00:00Z",
                """
                Get-WinEvent : No events were found
                CategoryInfo : x
                FullyQualifiedErrorId : NoMatchingEventsFound,x
                -- No entries --
                options present and query resolved to log files for [nssm]
                   ProviderName: other\
                """);
    var copied = node.copy(FROM, TO);
    assertEquals(Optional.of(new Outcome.Collected()), copied.outcome());
    assertTrue(copied.text().contains("FullyQualifiedErrorId : NoMatchingEventsFound,x\n"));
  }

  @Test
  void textThatIsNoTableIsKeptAndDoubted() throws Exception {
    Fault fault = _ -> exchange -> exchange.send(200, TYPE, "Date: 1\r\nEvent: one\r\n");
    // However often a busy machine makes it ask.
    var copied = copy(fiveEvents(), Collections.nCopies(50, fault).toArray(Fault[]::new));
    assertTrue(copied.text().matches("(Date: 1\nEvent: one\n){2,}"), copied.text());
    assertEquals(Optional.of(Reason.INVALID_ANSWER), copied.outcome().orElseThrow().why());
  }

  @Test
  void listingInPlaceOfALogIsNoLog() throws Exception {
    Fault fault = _ -> exchange -> exchange.send(200, "text/html; charset=utf-8", "<pre>\n</pre>");
    assertEquals("failed", copy(fiveEvents(), fault).outcome().orElseThrow().label());
  }

  @Test
  void fileHintThatCameLateIsNoFile() throws Exception {
    var hint =
        "\noptions present and query resolved to log files for [nssm]\ntry without specifying options\n";
    var copied = copy(fiveEvents(), _ -> Fault.late(hint.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Optional.of(new Outcome.Collected()), copied.outcome());
    assertEquals(List.of("a", "b", "b", "c", "d"), copied.messages());
  }

  private WindowsNode fiveEvents() {
    return new WindowsNode(folder)
        .event("2026-11-21T01:00:00Z", "a")
        .event("2026-11-21T02:00:00Z", "b")
        .event("2026-11-21T02:00:00Z", "b")
        .event("2026-11-21T03:00:00Z", "c")
        .event("2026-11-21T09:00:00Z", "d");
  }

  private WindowsNode.Copied copy(WindowsNode node, Fault... faults) throws Exception {
    return Fault.copy(node, FROM, TO, faults);
  }

  private static byte[] join(byte[] table, String text) {
    return (new String(table, StandardCharsets.UTF_8) + text).getBytes(StandardCharsets.UTF_8);
  }

  private static String error(String sentence, String category, String id) {
    return """
    %s
    At line:1 char:1
    + Get-WinEvent -FilterHashtable @{LogName='Application'; ProviderName=$Env:kubelet_provi
    + ~~~~~~~~~~~~~~~~~~~~~~~
        + CategoryInfo          : %s [Get-WinEvent], Exception
        + FullyQualifiedErrorId : %s,Microsoft.PowerShell.Commands.GetWinEventC
       ommand

    """
        .formatted(sentence, category, id)
        .replace("\n", "\r\n");
  }
}

package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.diagbundle.cli.terminal.ExitCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `--since`, `--from` and `--to`, which mean the same in every command.
@Timeout(240)
final class TimeOptionsTest {
  private static final String EARLY = "2026-11-21T02:31:00Z";
  private static final String LATE = "2026-11-21T02:45:00Z";

  @TempDir private static Path folder = Path.of("");
  private static Path bundle = Path.of("");

  @BeforeAll
  static void collect() {
    bundle = folder.resolve("demo.tar.gz");
    Run.of("collect", "-p", "windows-cni", "--demo", "-q", "-o", bundle.toString());
  }

  static Stream<String> commands() {
    return CommandsTest.commands().stream()
        .filter(
            command -> Run.of((command + " --help").strip().split(" ")).out().contains(" --to="));
  }

  @Test
  void commandsOfClustersAndOfBundlesTakeThem() {
    assertEquals(List.of("collect", "check", "node-logs", "grep", "logs"), commands().toList());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endAloneIsAWindow(String command) {
    var run = run(command, "--to", LATE);
    assertEquals(
        command.equals("check") ? ExitCode.CHECK_FAILED : ExitCode.OK, code(run), run.err());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void lengthCannotBeCombinedWithStartOrEnd(String command) {
    var message = "diagbundle: --since cannot be combined with --from or --to\n";
    assertEquals(new Run(ExitCode.USAGE, "", message), run(command, "--since", "1h", "--to", LATE));
    assertEquals(
        new Run(ExitCode.USAGE, "", message), run(command, "--since", "1h", "--from", EARLY));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endMustBeLaterThanStart(String command) {
    var message = "diagbundle: --to must be later than --from\n";
    assertEquals(new Run(ExitCode.USAGE, "", message), run(command, "--from", LATE, "--to", EARLY));
    assertEquals(new Run(ExitCode.USAGE, "", message), run(command, "--from", LATE, "--to", LATE));
  }

  @Test
  void windowOfACollectionThatIsGivenItsEndHasTheLengthOfTheProfile() throws Exception {
    var file = folder.resolve("to.tar.gz").toString();
    var run =
        Run.of(
            "collect", "-q", "-p", "minimal", "--demo", "--to", LATE, "--format=json", "-o", file);
    var window = new ObjectMapper().readTree(run.out()).path("window");
    assertEquals(LATE, window.path("to").asText(), run.err());
    assertEquals("2026-11-21T01:45:00Z", window.path("from").asText());
  }

  @Test
  void nodeLogsThatAreGivenTheirEndStopThere() {
    var run = run("node-logs", "--to", LATE);
    assertTrue(
        run.out().lines().allMatch(line -> line.compareTo("Nov 21 02:45:00") < 0), run.out());
  }

  private static int code(Run run) {
    return run.code() == ExitCode.INCOMPLETE ? ExitCode.OK : run.code();
  }

  private static Run run(String command, String... time) {
    var words =
        Map.of(
            "collect",
                List.of("-q", "-p", "minimal", "--demo", "-o", folder.resolve("x").toString()),
            "check", List.of("--demo", "-q"),
            "node-logs", List.of("rig-1", "-s", "kubelet", "--demo"),
            "grep", List.of("kubelet", bundle.toString()),
            "logs", List.of(bundle.toString()));
    var all = new ArrayList<>(List.of(command));
    all.addAll(words.getOrDefault(command, List.of()));
    all.addAll(List.of(time));
    return Run.of(all.toArray(String[]::new));
  }
}

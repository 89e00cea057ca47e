package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cli.terminal.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CommandsTest {
  private static final Pattern LISTED = Pattern.compile("(?m)^  ([a-z][a-z-]*) {2,}\\S");
  private static final Pattern EXAMPLE = Pattern.compile("Examples?:\n  diagbundle ");

  /// The commands that the help of another one lists.
  static List<String> commands() {
    var commands = new ArrayList<>(List.of(""));
    for (int i = 0; i < commands.size(); i++) {
      var parent = commands.get(i);
      var help = Run.of((parent + " --help").strip().split(" ")).out();
      LISTED
          .matcher(help.substring(Math.max(help.indexOf("Commands:"), 0)))
          .results()
          .forEach(command -> commands.add((parent + " " + command.group(1)).strip()));
    }
    return commands;
  }

  @Test
  void helpListsTheCommands() {
    assertTrue(commands().containsAll(List.of("collect", "profiles show", "analyze", "merge")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpWithAnExample(String command) {
    var words = new ArrayList<>(List.of(command.split(" ", -1)));
    words.removeIf(String::isEmpty);
    words.add("--help");
    var run = Run.of(words.toArray(String[]::new));
    assertEquals(ExitCode.OK, run.code());
    assertTrue(EXAMPLE.matcher(run.out()).find(), run.out());
    assertEquals("", run.err());
  }

  @Test
  void shippedProfilesAreListedAndValid() {
    assertTrue(Run.of("profiles", "list").out().contains("windows-cni "));
    var run =
        Run.of("validate", "profiles/windows-cni.yaml", "examples/profiles/payments-api.yaml");
    assertEquals(new Run(ExitCode.OK, "2 files are valid\n", ""), run);
  }

  @Test
  void shownProfileIsAProfile() {
    var run = Run.of("profiles", "show", "windows-cni");
    assertEquals(ExitCode.OK, run.code(), run.err());
    assertTrue(run.out().contains("kind: Profile"), run.out());
  }

  @Test
  void programSaysItsVersion() {
    assertTrue(Run.of("--version").out().startsWith("diagbundle 0.1.0"));
  }
}

package dev.diagbundle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.cli.terminal.Signals;
import dev.diagbundle.cli.terminal.Terminal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/// The layout of `--help`.
final class HelpTest {
  private static final Terminal TERMINAL = new Terminal(System.out, System.err, false, false);
  private static final Session SESSION =
      new Session(TERMINAL, Map.of(), Clock.systemUTC(), Signals.NONE);

  static List<CommandSpec> commands() {
    var program = DiagbundleCommand.of(SESSION);
    var commands = new ArrayList<>(List.of(program.getCommandSpec()));
    for (String name : program.getSubcommands().keySet()) {
      for (CommandLine command : DiagbundleCommand.of(SESSION, name).getSubcommands().values()) {
        if (command.getCommandName().equals(name)) {
          commands.add(command.getCommandSpec());
          command.getSubcommands().values().forEach(each -> commands.add(each.getCommandSpec()));
        }
      }
    }
    return commands;
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsIn80ColumnsWithoutABrokenWord(CommandSpec command) {
    var words = (command.qualifiedName() + " --help").replaceFirst("diagbundle ", "").split(" ");
    var help = Run.of(words).out();
    assertEquals(List.of(), help.lines().filter(line -> line.length() > 80).toList());
    var found = Set.of(words(Stream.of(help)).distinct().toArray());
    var usage = command.usageMessage();
    var written =
        Stream.of(
                words(Arrays.stream(usage.description())),
                words(Arrays.stream(usage.footer())),
                words(command.args().stream().map(ArgSpec::description).flatMap(Arrays::stream)))
            .flatMap(each -> each);
    assertEquals(List.of(), written.filter(word -> !found.contains(word)).distinct().toList());
  }

  private static Stream<String> words(Stream<String> texts) {
    return texts
        .flatMap(text -> Arrays.stream(text.strip().split("\\s+")))
        .filter(word -> !word.isEmpty());
  }
}

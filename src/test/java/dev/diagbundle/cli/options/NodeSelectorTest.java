package dev.diagbundle.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.profile.load.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// A profile and the option `--node-selector` take the same selectors: those that Kubernetes takes.
final class NodeSelectorTest {
  private static final String LONG = "a".repeat(63);

  @TempDir private Path folder = Path.of("");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                          | true",
        "' '                         | true",
        "os=windows                  | true",
        "os==windows                 | true",
        "os!=windows                 | true",
        "os=                         | true",
        "'os = windows '             | true",
        "os in (linux,windows)       | true",
        "os in ( linux , windows )   | true",
        "os notin (linux)            | true",
        "os in(linux)                | true",
        "os in ()                    | true",
        "os in (,a)                  | true",
        "os                          | true",
        "!os                         | true",
        "! os                        | true",
        "cores>3                     | true",
        "cores < 5                   | true",
        "kubernetes.io/os=windows    | true",
        "a,!b,c=d,e in (f,g)         | true",
        "in=notin                    | true",
        "LONG=LONG                   | true",
        "os=a=b                      | false",
        "os=windows,                 | false",
        "',os'                       | false",
        "a,,b                        | false",
        "os in windows               | false",
        "os in (linux                | false",
        "os in (linux))              | false",
        "os in (a b)                 | false",
        "os in (-a)                  | false",
        "os in (a)x                  | false",
        "osin (a)                    | false",
        "!os=a                       | false",
        "os=a b                      | false",
        "=a                          | false",
        "-os                         | false",
        "os=-a                       | false",
        "os=a_                       | false",
        "os=ä                        | false",
        "cores>x                     | false",
        "cores>-1                    | false",
        "cores>                      | false",
        "Kubernetes.io/os            | false",
        "/os                         | false",
        "a/b/c                       | false",
        "a..b/c                      | false",
        "os=LONGa                    | false",
        "LONGa                       | false",
      })
  void profileAndOptionTakeTheSameSelectors(String written, boolean taken) throws IOException {
    var selector = written.replace("LONG", LONG);
    assertEquals(List.of(taken, taken), List.of(inProfile(selector), asOption(selector)));
  }

  private boolean inProfile(String selector) throws IOException {
    var yaml =
        "apiVersion: diagbundle.dev/v1\nkind: Profile\nname: x\ncollect: [events: {}]\n"
            + "nodes: {selector: '"
            + selector
            + "'}\n";
    var file = Files.writeString(folder.resolve("x.yaml"), yaml);
    return ProfileValidator.validate(file).isEmpty();
  }

  private static boolean asOption(String selector) {
    var options = new ScopeOptions();
    CommandLine.populateCommand(options, "--node-selector=" + selector);
    try {
      options.nodeSelection();
      return true;
    } catch (DiagbundleException _) {
      return false;
    }
  }
}

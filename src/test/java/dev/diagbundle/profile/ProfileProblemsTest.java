package dev.diagbundle.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.load.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileProblemsTest {
  private static final String HEAD = "apiVersion: diagbundle.dev/v1\nkind: Profile\nname: x\n";
  private static final String ITEMS = "collect: [events: {}]\n";

  @TempDir Path folder;

  @Test
  void aGoodProfileHasNoProblem() throws IOException {
    assertEquals(List.of(), problems(HEAD + "collect:\n  - events: {}\n  - nodeDescribe:\n"));
  }

  @Test
  void allProblemsAreReportedAtOnceInTheOrderOfTheFile() throws IOException {
    assertEquals(
        List.of(
            "1:1: missing required key 'name'",
            "1:13: expected 'diagbundle.dev/v1', got 'diagbundle.dev/v2'",
            "2:7: expected 'Profile', got 'Profil'",
            "3:1: unknown key 'descripton', did you mean 'description'?",
            "4:9: expected a duration such as 6h, got 'six hours'",
            "6:5: missing required key 'services'",
            "6:17: unknown key 'servces', did you mean 'services'?",
            "7:28: expected an endpoint such as configz or stats/summary, got '..'"),
        problems(
            """
            apiVersion: diagbundle.dev/v2
            kind: Profil
            descripton: typo
            window: six hours
            collect:
              - nodeLogs: { servces: [kubelet] }
              - kubelet: { endpoints: [..] }
            """));
  }

  @Test
  void aMessageNamesTheFileAsItWasGiven() throws IOException {
    var file = Files.writeString(folder.resolve("x.yaml"), HEAD + "colect: []\n");
    var problem = ProfileValidator.validate(file).getLast();
    assertEquals(
        new Problem(
            Problem.Kind.USAGE,
            file + ":4:1: unknown key 'colect', did you mean 'collect'?",
            Optional.of(
                "known keys: apiVersion, kind, name, description, extends, window, nodes, collect,"
                    + " limits, findings")),
        problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "window: 90 | 4:9: expected a duration such as 6h, got 90",
        "window: [1h] | 4:9: expected a duration such as 6h, got a list",
        "window: 0h | 4:9: expected a duration such as 6h, got '0h'",
        "window: 400d | 4:9: expected a duration of at most 365d, got '400d'",
        "window: | 4:8: expected a duration such as 6h, got no value",
        "description: 7 | 4:14: expected a line of text, got 7",
        "nodes: all | 4:8: expected a map, got 'all'",
        "nodes: {selector: a=b=c} | 4:19: invalid label selector 'a=b=c'",
        "nodes: {selector: 'a=b,c in x'} | 4:19: invalid label selector 'a=b,c in x': 'c in x'",
        "nodes: {names: ['w[']} | 4:17: invalid glob 'w[': unmatched '['",
        "nodes: {names: [a/b]} | 4:17: expected a glob such as kube-*, got 'a/b'",
        "nodes: {names: w*} | 4:16: expected a list, got 'w*'",
        "nodes: {names: []} | 4:16: expected a list of 1 to 1000 elements, got 0",
        "limits: {item: lots} | 4:16: expected a size such as 100MiB, got 'lots'",
        "limits: {item: 0} | 4:16: expected a size such as 100MiB, got '0'",
        "limits: {bundle: true} | 4:18: expected a size such as 100MiB, got true",
        "limits: {deadline: 48h} | 4:20: expected a duration of at most 1d, got '48h'",
        "limits: {concurrency: 0} | 4:23: expected a whole number from 1 to 256, got 0",
        "limits: {concurrency: 1e2} | 4:23: expected a whole number from 1 to 256, got 1e2",
        "limits: {perNode: 17} | 4:19: expected a whole number from 1 to 16, got 17",
        "limits: {perNode: '2'} | 4:19: expected a whole number from 1 to 16, got '2'",
        "limits: {qps: 0} | 4:15: expected a number from 0.01 to 1000, got 0",
        "limits: {qps: 1e2} | 4:15: expected a number from 0.01 to 1000, got 1e2",
        "limits: {qps: .inf} | 4:15: expected a number from 0.01 to 1000, got .inf",
        "limits: {qps: '5'} | 4:15: expected a number from 0.01 to 1000, got '5'",
        "limits: {pernode: 2} | 4:10: unknown key 'pernode', did you mean 'perNode'?",
        "zzz: 1 | 4:1: unknown key 'zzz'",
        "kind: Profile | 4:1: duplicate key 'kind', first at line 2",
        "extends: suport | 4:10: unknown profile 'suport', did you mean 'support'?",
        "extends: [support, dsn] | 4:20: unknown profile 'dsn', did you mean 'dns'?",
        "extends: {a: b} | 4:10: expected a name or a list of names, got a map",
        "extends: 7 | 4:10: expected the name of a profile such as support, or a file, got 7",
      })
  void aWrongKeyOrValueIsReportedWhereItStands(String line, String expected) throws IOException {
    assertEquals(List.of(expected), problems(HEAD + line + "\n" + ITEMS));
  }

  @Test
  void aNameHasAnAlphabet() throws IOException {
    assertEquals(
        List.of("3:7: expected a name such as payments-api, got '../x'"),
        problems(HEAD.replace("name: x", "name: ../x") + ITEMS));
  }

  @Test
  void aNumberForATextComesWithAHint() throws IOException {
    var file = Files.writeString(folder.resolve("x.yaml"), HEAD + "description: 7\n" + ITEMS);
    assertEquals(
        Optional.of("quote it to make it a string"),
        ProfileValidator.validate(file).getFirst().hint());
  }

  @Test
  void aProfileMustCollectSomething() throws IOException {
    assertEquals(
        List.of("1:1: missing required key 'collect' or 'extends' or 'findings'"), problems(HEAD));
  }

  @Test
  void aProfileThatOnlyExtendsIsGood() throws IOException {
    assertEquals(List.of(), problems(HEAD + "extends: support\n"));
  }

  @Test
  void aListIsNoProfile() throws IOException {
    assertEquals(List.of("1:1: expected a map, got a list"), problems("- a\n"));
  }

  @Test
  void aCycleOfExtendsIsShownWhole() throws IOException {
    var other = folder.resolve("other.yaml");
    Files.writeString(other, HEAD + "extends: ./x.yaml\n");
    var file = folder.resolve("x.yaml");
    assertEquals(
        List.of(
            other
                + ":4:10: profile extends itself: "
                + file
                + " -> "
                + other
                + " -> "
                + folder.resolve("./x.yaml")),
        problems(HEAD + "extends: other.yaml\n"));
  }

  @Test
  void problemsOfAnExtendedFileAreReportedThere() throws IOException {
    Files.createDirectory(folder.resolve("base"));
    var base = Files.writeString(folder.resolve("base/b.yaml"), HEAD + "widow: 1h\n" + ITEMS);
    assertEquals(
        List.of(
            "4:1: unknown key 'colect', did you mean 'collect'?",
            base + ":4:1: unknown key 'widow', did you mean 'window'?"),
        problems(HEAD + "colect: []\nextends: base/b.yaml\n"));
  }

  @Test
  void anExtendedFileThatIsMissingIsAProblem() throws IOException {
    assertEquals(
        List.of("cannot read profile '" + folder.resolve("no.yaml") + "': no such file"),
        problems(HEAD + "extends: no.yaml\n"));
  }

  private List<String> problems(String yaml) throws IOException {
    var file = Files.writeString(folder.resolve("x.yaml"), yaml);
    var prefix = file + ":";
    return ProfileValidator.validate(file).stream()
        .map(Problem::message)
        .map(text -> text.startsWith(prefix) ? text.substring(prefix.length()) : text)
        .toList();
  }
}

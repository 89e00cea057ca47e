package dev.diagbundle.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.load.ProfileText;
import dev.diagbundle.profile.load.ProfileValidator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

public class ShippedProfilesTest {
  @TempDir Path folder;

  public static Stream<Path> files() throws IOException {
    return Stream.concat(yaml("profiles"), yaml("examples/profiles"));
  }

  static List<String> names() {
    return ProfileCatalog.names();
  }

  @Test
  void theListOfNamesIsTheFolder() throws IOException {
    assertEquals(
        new TreeSet<>(yaml("profiles").map(file -> stem(file)).toList()),
        new TreeSet<>(ProfileCatalog.names()));
  }

  @ParameterizedTest
  @MethodSource("names")
  void eachLoadsUnderItsNameWithADescription(String name) throws Exception {
    var profile = ProfileCatalog.load(List.of(name));
    assertEquals(name, profile.name());
    assertEquals(profile.description(), ProfileCatalog.descriptions().get(name));
    assertFalse(profile.description().isBlank());
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachIsValid(Path file) {
    assertEquals(List.of(), ProfileValidator.validate(file));
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachReadsBackEqual(Path file) throws Exception {
    var profile = ProfileCatalog.load(List.of(file.toString()));
    var copy = Files.writeString(folder.resolve("copy.yaml"), ProfileText.yaml(profile));
    assertEquals(profile, ProfileCatalog.load(List.of(copy.toString())));
  }

  @ParameterizedTest
  @MethodSource("files")
  void eachCanCompleteInEditors(Path file) throws IOException {
    var first = Files.readAllLines(file).getFirst();
    var schema = first.replace("# yaml-language-server: $schema=", "");
    assertTrue(Files.exists(file.resolveSibling(schema)), first);
  }

  @ParameterizedTest
  @MethodSource("files")
  void noneCollectsSecrets(Path file) throws Exception {
    for (var item : ProfileCatalog.load(List.of(file.toString())).collect()) {
      if (item instanceof ItemSpec.ClusterDump dump) {
        assertFalse(dump.resources().contains("secrets"), item.name());
        assertTrue(
            !dump.resources().contains("*") || dump.exclude().contains("secrets"), item.name());
      }
    }
  }

  @Test
  void allMergeWithoutOneLosingAnItem() throws Exception {
    var byName = new HashMap<String, ItemSpec>();
    for (String name : ProfileCatalog.names()) {
      for (var item : ProfileCatalog.load(List.of(name)).collect()) {
        var other = byName.putIfAbsent(item.name(), item);
        assertEquals(other == null ? item : other, item, name);
      }
    }
    var merged = ProfileCatalog.load(ProfileCatalog.names());
    assertEquals(byName.size(), merged.collect().size());
    var copy = Files.writeString(folder.resolve("copy.yaml"), ProfileText.yaml(merged));
    assertEquals(merged, ProfileCatalog.load(List.of(copy.toString())));
  }

  @Test
  void windowsCniAsksEveryNode() throws Exception {
    var profile = ProfileCatalog.load(List.of("windows-cni"));
    assertEquals(NodeSelection.ALL, profile.nodes());
    for (String name : List.of("nodeDescribe", "kubelet")) {
      var item =
          profile.collect().stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
      assertTrue(item.common().nodes().isEmpty());
    }
  }

  @Test
  void theExampleNarrowsWhatItExtends() throws Exception {
    var loaded = ProfileCatalog.loadWithOrigins(List.of("examples/profiles/payments-api.yaml"));
    var support = ProfileCatalog.load(List.of("support"));
    assertEquals(support.collect().size() + 3, loaded.profile().collect().size());
    assertEquals("examples/profiles/payments-api.yaml:14", loaded.origins().get("pod-logs"));
    assertEquals("profiles/support.yaml:16", loaded.origins().get("events"));
  }

  private static Stream<Path> yaml(String folder) throws IOException {
    try (var files = Files.list(Path.of(folder))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replace(".yaml", "");
  }
}

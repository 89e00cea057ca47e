package dev.diagbundle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The cut of the house: which package may know which, and who owns which library.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.diagbundle");

  @Test
  void arrowsRunOneWay() {
    var layers = Architectures.layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : ARROWS.keySet()) {
      layers = layers.optionalLayer(name).definedBy("dev.diagbundle." + name + "..");
    }
    for (var arrows : ARROWS.entrySet()) {
      var layer = layers.whereLayer(arrows.getKey());
      layers =
          arrows.getValue().isEmpty()
              ? layer.mayNotAccessAnyLayer()
              : layer.mayOnlyAccessLayers(arrows.getValue().split(" ", -1));
    }
    layers
        .because("a room knows only the rooms that it stands on; see doc/architecture.md")
        .check(CLASSES);
  }

  @Test
  void everyPackageHasItsArrows() {
    var packages =
        CLASSES.stream()
            .map(type -> type.getPackageName().replaceFirst("^dev\\.diagbundle\\.?", ""))
            .map(name -> name.replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    packages.removeAll(ARROWS.keySet());
    assertEquals(new TreeSet<>(), packages);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.diagbundle.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "picocli.., cli",
    "io.fabric8.., cluster",
    "okhttp3.., cluster",
    "org.apache.commons.compress.., bundle",
    "com.exceptionfactory.jagged.., bundle",
    "org.yaml.snakeyaml.., profile",
    "freemarker.., report",
    "com.google.re2j.., model redact"
  })
  void libraryHasItsOwners(String library, String owners) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            Stream.of(owners.split(" ", -1))
                .map(owner -> "dev.diagbundle." + owner + "..")
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .because("a library that one package owns can be replaced in one package")
        .check(CLASSES);
  }

  @Test
  void onlyTheCommandLineTouchesStandardStreamsAndTheSystemClock() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.diagbundle.cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .accessField(System.class, "in")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(java.time.Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .because("the core says what happens through return values and progress events")
        .check(CLASSES);
  }

  @Test
  void namesSayWhatThingsAre() {
    classes()
        .that()
        .haveSimpleNameEndingWith("Impl")
        .or()
        .haveSimpleNameEndingWith("Util")
        .or()
        .haveSimpleNameEndingWith("Utils")
        .or()
        .haveSimpleNameEndingWith("Manager")
        .or()
        .haveSimpleNameEndingWith("Helper")
        .should()
        .bePackagePrivate()
        .andShould()
        .notBeTopLevelClasses()
        .allowEmptyShould(true)
        .because("names are nouns for what things are")
        .check(CLASSES);
  }

  private static final Map<String, String> ARROWS =
      Map.ofEntries(
          Map.entry("model", ""),
          Map.entry("profile", "model"),
          Map.entry("cluster", "model"),
          Map.entry("describe", "model"),
          Map.entry("redact", "model"),
          Map.entry("bundle", "model"),
          Map.entry("collect", "model profile cluster describe redact bundle"),
          Map.entry("analyze", "model bundle"),
          Map.entry("report", "model bundle"),
          Map.entry("serve", "model bundle"),
          Map.entry(
              "cli", "model profile cluster describe redact bundle collect analyze report serve"));
}

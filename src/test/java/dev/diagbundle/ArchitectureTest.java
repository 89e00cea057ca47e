package dev.diagbundle;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.diagbundle.model.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The structure of the code: which package may know which, and who owns which library.
final class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.diagbundle");
  private static final PackageRules RULES = PackageRules.read();
  private static final Path SOURCES = Path.of("src/main/java/dev/diagbundle");
  private static final int MAX_FILES = 45;

  @Test
  void packagesDependOnlyOnPackagesBelowThem() {
    assertNone(
        dependency -> !dependency.fromTop().equals(dependency.toTop()),
        dependency -> RULES.packageMayKnow(dependency.fromTop(), dependency.toTop()),
        "a package depends only on the packages that packages.txt names for it");
  }

  @Test
  void subPackagesDependOnlyOnSubPackagesBelowThem() {
    assertNone(
        dependency -> dependency.fromTop().equals(dependency.toTop()),
        dependency -> RULES.subPackageMayKnow(dependency.fromPackage(), dependency.toPackage()),
        "a sub-package depends only on the sub-packages that packages.txt names for it");
  }

  @Test
  void subPackageIsUsedThroughItsOpenTypes() {
    assertNone(
        dependency -> !dependency.fromTop().equals(dependency.toTop()),
        dependency -> RULES.isOpen(dependency.to()),
        "a sub-package is private to its package, apart from the open types in packages.txt");
  }

  @Test
  void openTypesAreUsed() {
    var used =
        Dependency.all(CLASSES)
            .filter(dependency -> !dependency.fromTop().equals(dependency.toTop()))
            .map(Dependency::to)
            .collect(Collectors.toSet());
    var unused = new TreeSet<>(RULES.openTypes());
    unused.removeAll(used);
    assertEquals(new TreeSet<>(), unused, "open types that no other package uses");
  }

  @Test
  void everyPackageIsNamed() {
    var packages =
        CLASSES.stream()
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .map(JavaClass::getPackageName)
            .map(PackageRules::shortName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(RULES.all(), packages);
  }

  @Test
  void packagesAreSmallAndLabelled() throws IOException {
    var faults = new TreeSet<String>();
    try (var folders = Files.walk(SOURCES)) {
      for (var folder : folders.filter(Files::isDirectory).toList()) {
        var name = SOURCES.relativize(folder).toString();
        long files;
        try (var list = Files.list(folder)) {
          files = list.filter(file -> file.toString().endsWith(".java")).count();
        }
        if (files > MAX_FILES && !name.equals("analyze/rules")) {
          faults.add(name + " has " + files + " files");
        }
        var label = folder.resolve("package-info.java");
        if (files > 0 && !(Files.exists(label) && Files.readString(label).startsWith("///"))) {
          faults.add(name + " has no label in package-info.java");
        }
      }
    }
    assertEquals(new TreeSet<>(), faults);
  }

  @Test
  void packagesHaveNoCyclesAtAnyDepth() {
    slices().matching("dev.diagbundle.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  private static void assertNone(
      Predicate<Dependency> concerned, Predicate<Dependency> allowed, String because) {
    var faults =
        Dependency.all(CLASSES)
            .filter(concerned.and(allowed.negate()))
            .map(Dependency::toString)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(), faults, because);
  }

  @ParameterizedTest
  @CsvSource({
    "picocli.., cli",
    "okhttp3.., cluster",
    "org.bouncycastle.., cluster",
    "org.apache.commons.compress.., bundle",
    "com.exceptionfactory.jagged.., bundle",
    "org.yaml.snakeyaml.., profile kubeconfig",
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
  void onlyTheTickerTouchesTheMonotonicClock() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Ticker.class)
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethodWhere(target(owner(type(Thread.class))).and(target(name("sleep"))))
        .because("what waits or measures by the injected Ticker is tested in virtual time")
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
}

package dev.diagbundle.analyze.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.model.checks.CheckIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The registry against the rules that there are, and against the catalogue.
final class RuleRegistryTest {
  @Test
  void everyRuleIsRegistered() {
    var rules =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.diagbundle.analyze.rules")
                .stream()
                .filter(type -> type.isAssignableTo(Rule.class))
                .map(type -> type.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    var registered =
        RuleRegistry.all().stream()
            .map(analyzer -> analyzer.getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(rules, registered);
  }

  @Test
  void everyRuleHasAnIdOfTheCatalogueOfItsOwn() throws IOException {
    var catalogue =
        new HashSet<>(Files.readAllLines(Path.of("src/test/resources/analyze/catalogue.txt")));
    var seen = new HashSet<String>();
    for (Rule analyzer : RuleRegistry.all()) {
      var id = analyzer.check().id();
      assertTrue(catalogue.contains(id), id);
      assertTrue(seen.add(id), id + " is there twice");
    }
  }

  @Test
  void everyRuleCanBeNamedInAProfile() {
    assertEquals(
        CheckIds.ALL,
        RuleRegistry.all().stream().map(analyzer -> analyzer.check().id()).sorted().toList());
  }

  @Test
  void everyRuleSaysWhatToDoAndWhereToReadOn() {
    for (Rule analyzer : RuleRegistry.all()) {
      var check = analyzer.check();
      assertTrue(check.docs().startsWith("https://kubernetes.io/"), check.id());
      assertFalse(check.docs().contains(" "), check.id());
      assertTrue(check.remedy().length() > 20 && check.remedy().endsWith("."), check.id());
    }
  }
}

package dev.diagbundle.collect.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.diagbundle.profile.ItemSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SourcesTest {
  @Test
  void everyImplementationIsRegisteredOnce() {
    var implementations =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.diagbundle")
                .stream()
                .filter(type -> type.isAssignableTo(Source.class) && !type.isInterface())
                .map(type -> type.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    var registered = Sources.all().stream().map(source -> source.getClass().getName()).toList();
    assertEquals(implementations, new TreeSet<>(registered));
    assertEquals(implementations.size(), registered.size());
  }

  @Test
  void everyKindOfItemHasItsSource() {
    Set<Class<?>> kinds =
        List.of(ItemSpec.class.getPermittedSubclasses()).stream().collect(Collectors.toSet());
    assertEquals(kinds, Sources.all().stream().map(Source::spec).collect(Collectors.toSet()));
  }
}

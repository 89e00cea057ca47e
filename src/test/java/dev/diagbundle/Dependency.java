package dev.diagbundle;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.stream.Stream;

/// A dependency between two top-level types of ours, by their short names.
record Dependency(String from, String to) {
  /// All dependencies between different types.
  static Stream<Dependency> all(JavaClasses classes) {
    return classes.stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .filter(found -> found.getTargetClass().getPackageName().startsWith("dev.diagbundle."))
        .map(found -> new Dependency(name(found.getOriginClass()), name(found.getTargetClass())))
        .filter(found -> !found.from.equals(found.to))
        .distinct();
  }

  private static String name(JavaClass type) {
    return PackageRules.shortName(type.getBaseComponentType().getName().replaceFirst("\\$.*", ""));
  }

  String fromPackage() {
    return from.substring(0, from.lastIndexOf('.'));
  }

  String toPackage() {
    return to.substring(0, to.lastIndexOf('.'));
  }

  String fromTop() {
    return from.substring(0, from.indexOf('.'));
  }

  String toTop() {
    return to.substring(0, to.indexOf('.'));
  }

  @Override
  public String toString() {
    return from + " -> " + to;
  }
}

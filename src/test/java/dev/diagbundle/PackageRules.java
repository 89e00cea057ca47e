package dev.diagbundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The packages and what each may know, as `architecture/packages.txt` says. Names are short:
/// without `dev.diagbundle.` before them.
///
/// @param packages the top-level packages that a top-level package may depend on
/// @param subPackages the packages below the same top-level package that a package may depend on
/// @param openTypes the types of sub-packages that other top-level packages may use
record PackageRules(
    Map<String, Set<String>> packages,
    Map<String, Set<String>> subPackages,
    Set<String> openTypes) {
  private static final String PREFIX = "dev.diagbundle.";

  static PackageRules read() {
    var rules = new PackageRules(new HashMap<>(), new HashMap<>(), new TreeSet<>());
    var parent = "";
    for (var line : lines()) {
      var words = List.of(line.strip().split(" ", -1));
      switch (words.getFirst()) {
        case "package" -> {
          parent = words.get(1);
          rules.packages.put(parent, Set.copyOf(words.subList(3, words.size())));
        }
        case "sub" -> {
          var name = parent;
          rules.subPackages.put(
              in(parent, words.get(1)),
              Set.copyOf(
                  words.subList(3, words.size()).stream().map(sub -> in(name, sub)).toList()));
        }
        case "open" -> {
          for (var type : words.subList(2, words.size())) {
            rules.openTypes.add(in(parent, words.get(1)) + "." + type);
          }
        }
        default -> throw new IllegalArgumentException(line);
      }
    }
    return rules;
  }

  static String shortName(String name) {
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }

  Set<String> all() {
    var all = new TreeSet<>(subPackages.keySet());
    for (var name : packages.keySet()) {
      if (subPackages.keySet().stream().noneMatch(sub -> sub.startsWith(name + "."))) {
        all.add(name);
      }
    }
    return all;
  }

  boolean packageMayKnow(String from, String to) {
    return packages.getOrDefault(from, Set.of()).contains(to);
  }

  boolean subPackageMayKnow(String from, String to) {
    return from.equals(to) || subPackages.getOrDefault(from, Set.of()).contains(to);
  }

  /// Whether other top-level packages may use this type.
  boolean isOpen(String type) {
    return packages.containsKey(type.substring(0, type.lastIndexOf('.')))
        || openTypes.contains(type);
  }

  private static String in(String parent, String sub) {
    return sub.equals(".") ? parent : parent + "." + sub;
  }

  private static List<String> lines() {
    try (var file = PackageRules.class.getResourceAsStream("/architecture/packages.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.stripTrailing().endsWith(" knows") ? line.stripTrailing() : line)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.diagbundle.findings;

import module java.base;

/// The objects that a finding concerns.
///
/// @param kinds the number of objects of each kind
/// @param names all names, in order; possibly only the first if the finding was read from a file
public record Affected(SortedMap<String, Integer> kinds, List<ObjectName> names) {
  public Affected {
    kinds = new TreeMap<>(kinds);
    names = List.copyOf(names);
  }

  public static Affected of(List<ObjectName> names) {
    var kinds = new TreeMap<String, Integer>();
    names.forEach(name -> kinds.merge(name.kind(), 1, Integer::sum));
    return new Affected(kinds, names);
  }

  public int count() {
    return kinds.values().stream().mapToInt(Integer::intValue).sum();
  }
}

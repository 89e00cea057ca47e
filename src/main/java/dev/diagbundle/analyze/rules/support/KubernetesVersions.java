package dev.diagbundle.analyze.rules.support;

import module java.base;

/// Versions of Kubernetes as nodes and API servers write them, for example `v1.36.2` or
/// `v1.30.4+k3s1`.
public final class KubernetesVersions {
  private KubernetesVersions() {}

  public static boolean isOlder(String one, String other) {
    var a = numbers(one);
    var b = numbers(other);
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return a.get(i) < b.get(i);
      }
    }
    return false;
  }

  /// The minor version; -1 if there is none.
  public static int minor(String version) {
    var numbers = numbers(version);
    return numbers.size() < 2 ? -1 : numbers.get(1);
  }

  private static List<Integer> numbers(String version) {
    var numbers = new ArrayList<Integer>();
    int at = version.startsWith("v") ? 1 : 0;
    while (at < version.length() && numbers.size() < 3) {
      int end = at;
      while (end < version.length() && Character.isDigit(version.charAt(end)) && end - at < 6) {
        end++;
      }
      if (end == at) {
        break;
      }
      numbers.add(Integer.parseInt(version.substring(at, end)));
      if (end == version.length() || version.charAt(end) != '.') {
        break;
      }
      at = end + 1;
    }
    return numbers;
  }
}

package dev.diagbundle.findings;

import java.util.Comparator;

/// Which object of a cluster is meant.
///
/// @param kind for example `Pod`
/// @param namespace empty if it is in none
public record ObjectName(String kind, String namespace, String name)
    implements Comparable<ObjectName> {
  /// No object.
  public static final ObjectName NONE = new ObjectName("", "", "");

  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::kind)
          .thenComparing(ObjectName::namespace)
          .thenComparing(ObjectName::name);

  /// Without the kind: `shop/web`.
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(this, other);
  }

  /// For titles: `Deployment shop/web`.
  @Override
  public String toString() {
    return kind.isEmpty() ? path() : kind + " " + path();
  }
}

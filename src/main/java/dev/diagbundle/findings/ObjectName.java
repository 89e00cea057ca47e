package dev.diagbundle.findings;

import java.util.Comparator;

/// The name of an object in a cluster.
///
/// @param kind its kind, for example `Pod`
/// @param namespace its namespace; empty if it is in none
public record ObjectName(String kind, String namespace, String name)
    implements Comparable<ObjectName> {
  /// No object.
  public static final ObjectName NONE = new ObjectName("", "", "");

  private static final Comparator<ObjectName> ORDER =
      Comparator.comparing(ObjectName::kind)
          .thenComparing(ObjectName::namespace)
          .thenComparing(ObjectName::name);

  /// The name without the kind: `shop/web`.
  public String path() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }

  @Override
  public int compareTo(ObjectName other) {
    return ORDER.compare(this, other);
  }

  /// The name for titles: `Deployment shop/web`.
  @Override
  public String toString() {
    return kind.isEmpty() ? path() : kind + " " + path();
  }
}

package dev.diagbundle.kubeconfig.file;

import module java.base;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/// The types of plain scalars as Go's YAML package finds them (`sigs.k8s.io/yaml/goyaml.v2`, which
/// client-go uses): `y` and `on` are Boolean values, dates and `1:30` are text.
final class GoScalars extends Resolver {
  static final Pattern INTEGER =
      Pattern.compile("([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))");
  private static final Pattern FLOAT =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
  private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
  private static final Set<String> TRUE =
      Set.of("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
  private static final Set<String> FALSE =
      Set.of("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");

  @Override
  protected void addImplicitResolvers() {
    // The types are found below instead.
  }

  @Override
  public Tag resolve(NodeId kind, String value, boolean implicit) {
    if (kind != NodeId.scalar) {
      return kind == NodeId.sequence ? Tag.SEQ : Tag.MAP;
    }
    return implicit ? plain(value) : Tag.STR;
  }

  static boolean isTrue(String value) {
    return TRUE.contains(value);
  }

  private static Tag plain(String value) {
    if (NULLS.contains(value)) {
      return Tag.NULL;
    }
    if (TRUE.contains(value) || FALSE.contains(value)) {
      return Tag.BOOL;
    }
    if (value.equals("<<")) {
      return Tag.MERGE;
    }
    if (INFINITE.matcher(value).matches()) {
      return Tag.FLOAT;
    }
    char first = value.charAt(0);
    if (first == '.') {
      return FLOAT.matcher(value).matches() ? Tag.FLOAT : Tag.STR;
    }
    if (first != '-' && first != '+' && (first < '0' || first > '9')) {
      return Tag.STR;
    }
    var digits = value.replace("_", "");
    if (INTEGER.matcher(digits).matches()) {
      return Tag.INT;
    }
    return FLOAT.matcher(digits).matches() ? Tag.FLOAT : Tag.STR;
  }

  /// The value of a scalar of the type integer; empty if it is not one.
  static Optional<BigInteger> integer(String value) {
    var matcher = INTEGER.matcher(value.replace("_", ""));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int[] radix = {16, 2, 8, 10};
    for (int i = 0; i < radix.length; i++) {
      var digits = matcher.group(i + 2);
      if (digits != null) {
        var number = new BigInteger(digits, radix[i]);
        return Optional.of("-".equals(matcher.group(1)) ? number.negate() : number);
      }
    }
    return Optional.empty();
  }
}

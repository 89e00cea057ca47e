package dev.diagbundle.bundle.archive;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import java.util.regex.Pattern;

/// The numbered files of a split bundle: `x.tar.gz.001`, `x.tar.gz.002`, or `x.tar.gz.part1`,
/// `x.tar.gz.part2`. Numbers begin at 0 or 1.
public final class BundleParts {
  private static final Pattern NAME = Pattern.compile("(.+)\\.(?:part-?)?([0-9]{1,6})");

  private BundleParts() {}

  /// The parts, in their order, of the bundle of which the file is one, or that would have the
  /// file's name when joined; empty if there are no parts.
  ///
  /// @throws DiagbundleException if one is missing between others
  public static List<Path> of(Path file) throws IOException, DiagbundleException {
    var name = file.getFileName();
    var folder = file.toAbsolutePath().getParent();
    if (name == null || folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    var matcher = NAME.matcher(name.toString());
    boolean exists = Files.exists(file);
    if (exists && !matcher.matches()) {
      return List.of();
    }
    var base = exists ? matcher.group(1) : name.toString();
    var parts = numbered(folder, base);
    if (parts.isEmpty() || parts.firstKey() > 1) {
      return List.of();
    }
    int number = parts.firstKey();
    for (int found : parts.keySet()) {
      if (found != number++) {
        throw new DiagbundleException(
            Problem.failure(
                "cannot read '"
                    + Printable.line(file.toString())
                    + "': its part "
                    + (number - 1)
                    + " is missing"));
      }
    }
    return List.copyOf(parts.values());
  }

  /// The existing parts of a bundle of this name, in order, possibly with gaps.
  public static List<Path> numberedOf(Path target) throws IOException {
    var name = target.getFileName();
    var folder = target.toAbsolutePath().getParent();
    return name == null || folder == null
        ? List.of()
        : List.copyOf(numbered(folder, name.toString()).values());
  }

  private static NavigableMap<Integer, Path> numbered(Path folder, String base) throws IOException {
    var parts = new TreeMap<Integer, Path>();
    try (var siblings = Files.newDirectoryStream(folder)) {
      for (Path sibling : siblings) {
        number(sibling, base).ifPresent(number -> parts.put(number, sibling));
      }
    }
    return parts;
  }

  private static Optional<Integer> number(Path file, String base) {
    var name = file.getFileName();
    if (name == null) {
      return Optional.empty();
    }
    Matcher matcher = NAME.matcher(name.toString());
    return matcher.matches() && matcher.group(1).equals(base) && Files.isRegularFile(file)
        ? Optional.of(Integer.valueOf(matcher.group(2)))
        : Optional.empty();
  }
}

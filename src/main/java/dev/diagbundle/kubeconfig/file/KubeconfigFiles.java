package dev.diagbundle.kubeconfig.file;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kubeconfig files of a command: the one of `--kubeconfig`, else those of `KUBECONFIG`, else
/// `~/.kube/config`.
public final class KubeconfigFiles {
  private KubeconfigFiles() {}

  /// Reads one file, which must exist. It may be a pipe.
  ///
  /// @throws DiagbundleException if it cannot be read or is not a kubeconfig
  public static Kubeconfig read(Path file) throws DiagbundleException {
    return readIfExists(file)
        .orElseThrow(() ->
            new DiagbundleException(Problem.usage("kubeconfig '" + file + "' does not exist")));
  }

  /// Reads and merges the files of `KUBECONFIG`, else `~/.kube/config`. Missing files are skipped.
  ///
  /// @param home the home folder
  /// @throws DiagbundleException if one cannot be read or is not a kubeconfig
  public static Kubeconfig readUsual(Map<String, String> environment, Path home)
      throws DiagbundleException {
    var parts = new ArrayList<Kubeconfig>();
    for (Path file : usual(environment, home)) {
      readIfExists(file).ifPresent(parts::add);
    }
    return Kubeconfig.merged(parts);
  }

  private static List<Path> usual(Map<String, String> environment, Path home)
      throws DiagbundleException {
    var listed = environment.getOrDefault("KUBECONFIG", "");
    if (listed.isEmpty()) {
      return List.of(home.resolve(".kube", "config"));
    }
    try {
      return Stream.of(listed.split(Pattern.quote(File.pathSeparator), -1))
          .filter(name -> !name.isEmpty())
          .distinct()
          .map(Path::of)
          .toList();
    } catch (InvalidPathException e) {
      throw new DiagbundleException(
          Problem.usage("variable KUBECONFIG is not a list of paths: " + e.getReason()), e);
    }
  }

  private static Optional<Kubeconfig> readIfExists(Path file) throws DiagbundleException {
    try (var in = Files.newInputStream(file)) {
      return Optional.of(Kubeconfig.of(file, in.readNBytes(YamlTree.MAX_BYTES + 1)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (AccessDeniedException e) {
      throw unreadable(file, "permission denied", e);
    } catch (IOException e) {
      throw unreadable(file, Files.isDirectory(file) ? "it is a folder" : e.getMessage(), e);
    }
  }

  private static DiagbundleException unreadable(Path file, @Nullable String why, IOException e) {
    return new DiagbundleException(
        Problem.usage("cannot read kubeconfig '" + file + "': " + why), e);
  }
}

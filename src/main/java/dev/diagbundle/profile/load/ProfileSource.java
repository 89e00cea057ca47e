package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.profile.yaml.Quoted;
import dev.diagbundle.profile.yaml.YamlReader;

/// The source of a profile.
sealed interface ProfileSource {
  /// The name in messages.
  String shown();

  /// At most one byte more than a profile may have.
  ///
  /// @throws DiagbundleException if it cannot be read
  byte[] content() throws DiagbundleException;

  /// The source that a reference inside this profile refers to.
  ///
  /// @throws DiagbundleException if there is no such profile; the message is without a place
  ProfileSource referred(String reference) throws DiagbundleException;

  /// A resource of the jar.
  record BuiltIn(String name) implements ProfileSource {
    /// All built-in profiles, in the order of presentation. A jar cannot list the names of its
    /// resources; a test compares the list with the folder.
    static final List<String> NAMES =
        List.of(
            "support",
            "minimal",
            "node-not-ready",
            "windows-cni",
            "networking",
            "dns",
            "storage",
            "control-plane",
            "ci-postmortem");

    @Override
    public String shown() {
      return "profiles/" + name + ".yaml";
    }

    @Override
    public byte[] content() throws DiagbundleException {
      try (var in = ProfileSource.class.getResourceAsStream("/" + shown())) {
        if (in == null) {
          throw new IllegalStateException("not in the jar: " + shown());
        }
        return in.readAllBytes();
      } catch (IOException e) {
        throw new DiagbundleException(unreadable(shown(), String.valueOf(e.getMessage())), e);
      }
    }

    @Override
    public ProfileSource referred(String reference) throws DiagbundleException {
      return named(reference, Path.of(""));
    }
  }

  /// A file.
  record AtPath(Path path) implements ProfileSource {
    @Override
    public String shown() {
      return Printable.line(path.toString());
    }

    @Override
    public byte[] content() throws DiagbundleException {
      if (Files.isDirectory(path)) {
        throw new DiagbundleException(unreadable(shown(), "it is a folder"));
      }
      try (var in = Files.newInputStream(path)) {
        return in.readNBytes(YamlReader.MAX_BYTES + 1);
      } catch (NoSuchFileException e) {
        throw new DiagbundleException(unreadable(shown(), "no such file"), e);
      } catch (IOException e) {
        var why = Files.isReadable(path) ? String.valueOf(e.getMessage()) : "permission denied";
        throw new DiagbundleException(unreadable(shown(), why), e);
      }
    }

    @Override
    public ProfileSource referred(String reference) throws DiagbundleException {
      return named(reference, Optional.ofNullable(path.getParent()).orElse(Path.of("")));
    }
  }

  /// The text of a profile that is merged.
  record Merged(String shown, String text) implements ProfileSource {
    @Override
    public byte[] content() {
      return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public ProfileSource referred(String reference) throws DiagbundleException {
      throw new DiagbundleException(Problem.usage("a merged profile extends nothing"));
    }
  }

  /// The profile that a name or a file path means. A name wins over a file of the same name.
  ///
  /// @param folder base of relative paths
  static ProfileSource named(String reference, Path folder) throws DiagbundleException {
    if (BuiltIn.NAMES.contains(reference)) {
      return new BuiltIn(reference);
    }
    try {
      var path = folder.resolve(reference);
      var lower = reference.toLowerCase(Locale.ROOT);
      if (reference.contains("/")
          || lower.endsWith(".yaml")
          || lower.endsWith(".yml")
          || (!reference.isEmpty() && Files.isRegularFile(path))) {
        return new AtPath(path);
      }
    } catch (InvalidPathException _) {
      // Then it is no file either.
    }
    throw new DiagbundleException(
        Problem.usage(
                "unknown profile "
                    + Quoted.text(reference)
                    + Suggestion.question(reference, BuiltIn.NAMES))
            .withHint("profiles: " + String.join(", ", BuiltIn.NAMES) + "; or the path of a file"));
  }

  private static Problem unreadable(String shown, String why) {
    return Problem.usage("cannot read profile '" + shown + "': " + Printable.line(why));
  }
}

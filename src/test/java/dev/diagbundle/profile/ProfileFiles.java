package dev.diagbundle.profile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Profiles in files of their own, as tests write them.
public abstract class ProfileFiles {
  static final String HEAD = "apiVersion: diagbundle.dev/v1\nkind: Profile\n";

  @TempDir public Path folder;

  public String file(String name, String yaml) throws IOException {
    return plain(name, HEAD + yaml);
  }

  public String plain(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name), yaml).toString();
  }
}

package dev.diagbundle.cli;

import module java.base;

import picocli.CommandLine;

/// The version of the program, from the jar.
final class Version implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"diagbundle " + text()};
  }

  static String text() {
    var properties = new Properties();
    try (var in = Version.class.getResourceAsStream("/diagbundle.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      // The jar is damaged; a missing version is the smallest problem.
      return "unknown";
    }
    return properties.getProperty("version", "unknown");
  }
}

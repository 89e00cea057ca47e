package dev.diagbundle.serve;

import module java.base;

/// A tree of read-only files, on disk or in a jar. The names are listed once, when it is opened.
sealed interface DataFolder extends AutoCloseable {
  /// The sizes of all files, by their `/`-separated paths.
  NavigableMap<String, Long> files();

  /// Opens a file that [#files] names. The caller closes the stream.
  InputStream open(String path) throws IOException;

  /// The current size of a file in bytes: one on disk may grow while it is served.
  long size(String path) throws IOException;

  @Override
  void close() throws IOException;

  default boolean has(String path) {
    return files().containsKey(path);
  }

  /// The files below a path that ends in a slash, with their whole paths.
  default NavigableMap<String, Long> below(String prefix) {
    return files().subMap(prefix, true, prefix + Character.MAX_VALUE, false);
  }

  /// The folder at this place on disk.
  static DataFolder directory(Path root) throws IOException {
    var files = new TreeMap<String, Long>();
    try (var paths = Files.walk(root)) {
      paths
          .filter(Files::isRegularFile)
          .forEach(path ->
              files.put(
                  root.relativize(path).toString().replace(File.separatorChar, '/'), size(path)));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new Directory(root, Collections.unmodifiableNavigableMap(files));
  }

  /// The folder of this name in a jar.
  ///
  /// @param prefix with a slash at its end
  static DataFolder jar(Path file, String prefix) throws IOException {
    var jar = new JarFile(file.toFile());
    var files = new TreeMap<String, Long>();
    jar.stream()
        .filter(entry -> !entry.isDirectory() && entry.getName().startsWith(prefix))
        .forEach(entry -> files.put(entry.getName().substring(prefix.length()), entry.getSize()));
    return new Jar(jar, prefix, Collections.unmodifiableNavigableMap(files));
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A folder on disk.
  record Directory(Path root, NavigableMap<String, Long> files) implements DataFolder {
    @Override
    public InputStream open(String path) throws IOException {
      return Files.newInputStream(root.resolve(path));
    }

    @Override
    public long size(String path) throws IOException {
      return Files.size(root.resolve(path));
    }

    @Override
    public void close() {}
  }

  /// A folder in a jar, which stays open.
  record Jar(JarFile jar, String prefix, NavigableMap<String, Long> files) implements DataFolder {
    @Override
    public InputStream open(String path) throws IOException {
      return jar.getInputStream(jar.getEntry(prefix + path));
    }

    @Override
    public long size(String path) {
      return files.getOrDefault(path, 0L);
    }

    @Override
    public void close() throws IOException {
      jar.close();
    }
  }
}

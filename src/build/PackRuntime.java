import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.spi.ToolProvider;

/// A step of the build, run by the JDK whose runtime is to be shipped: gives the distribution its
/// trimmed Java (`runtime/`) and the ahead-of-time cache of one real run (`lib/diagbundle.aot`).
///
/// Both are kept while what they were made from stays the same; a stamp beside the distribution
/// says what that was.
///
/// Arguments: the distribution, the name of its own jar, the file time of its jars, modules that
/// only the libraries need (separated by commas), and the command line of the training run.
final class PackRuntime {
  // Of java.desktop only java.beans is used (by FreeMarker), so its native libraries stay out.
  private static final List<String> LINK_OPTIONS =
      List.of(
          "--strip-debug",
          "--no-header-files",
          "--no-man-pages",
          "--compress=zip-6",
          "--exclude-files=/java.desktop/lib/**");

  private final Path home;
  private final Path jar;
  private final FileTime jarTime;

  private PackRuntime(Path home, Path jar, FileTime jarTime) {
    this.home = home;
    this.jar = jar;
    this.jarTime = jarTime;
  }

  public static void main(String[] args) throws Exception {
    Path home = Path.of(args[0]).toAbsolutePath();
    Path jar = home.resolve("lib", args[1]);
    var packing = new PackRuntime(home, jar, FileTime.from(Instant.parse(args[2])));
    packing.settleJars();
    packing.link(args[3]);
    packing.train(Arrays.asList(args).subList(4, args.length));
  }

  /// Removes jars that are no dependencies any more, and gives the others one file time: the cache
  /// remembers it, and an archive of the distribution carries it.
  private void settleJars() throws IOException {
    Set<String> wanted = new TreeSet<>();
    wanted.add(jar.getFileName().toString());
    try (var opened = new JarFile(jar.toFile())) {
      String classPath =
          opened.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      wanted.addAll(List.of(classPath.split(" ")));
    }
    for (Path file : files(home.resolve("lib"))) {
      if (!file.toString().endsWith(".jar")) {
        continue;
      }
      if (wanted.remove(file.getFileName().toString())) {
        ModernJar.lift(file);
        Files.setLastModifiedTime(file, jarTime);
      } else {
        Files.delete(file);
      }
    }
    if (!wanted.isEmpty()) {
      throw new IllegalStateException("lib/ lacks " + wanted);
    }
  }

  private void link(String libraryModules) throws IOException, InterruptedException {
    Set<String> modules = new TreeSet<>(List.of(libraryModules.split(",")));
    modules.addAll(ownModules());
    Path runtime = home.resolve("runtime");
    String stamp =
        Runtime.version() + " " + System.getProperty("java.home") + modules + LINK_OPTIONS;
    if (isFresh("runtime", stamp) && Files.isExecutable(runtime.resolve("bin", "java"))) {
      IO.println("runtime/ is kept");
      return;
    }
    delete(runtime);
    List<String> options = new ArrayList<>(LINK_OPTIONS);
    options.addAll(List.of("--add-modules", String.join(",", modules)));
    options.addAll(List.of("--output", runtime.toString()));
    IO.println("jlink " + String.join(" ", options));
    int code =
        ToolProvider.findFirst("jlink")
            .orElseThrow()
            .run(System.out, System.err, options.toArray(String[]::new));
    if (code != 0) {
      throw new IllegalStateException("jlink ended with " + code);
    }
    freshen("runtime", stamp);
  }

  /// The modules that the program's own classes use; nobody has to keep a list of these.
  private Set<String> ownModules() {
    var printed = new StringWriter();
    var writer = new PrintWriter(printed);
    int code =
        ToolProvider.findFirst("jdeps")
            .orElseThrow()
            .run(
                writer,
                writer,
                "--ignore-missing-deps",
                "--multi-release=base",
                "--print-module-deps",
                jar.toString());
    if (code != 0) {
      throw new IllegalStateException("jdeps ended with " + code + ": " + printed);
    }
    return Set.of(printed.toString().strip().split(","));
  }

  /// Runs the command through the distribution's own launcher, so that the options of the training
  /// are those of every later run. Exit code 3 (a bundle that lacks something) is a good run too.
  private void train(List<String> command) throws Exception {
    Path launcher = home.resolve("bin", "diagbundle");
    Path cache = home.resolve("lib", "diagbundle.aot");
    if (command.equals(List.of("none"))) {
      // The cache of other jars is worse than none: only times and sizes tell them apart.
      Files.deleteIfExists(cache);
      return;
    }
    String stamp = command + read(stampFile("runtime")) + digest(launcher);
    for (Path file : files(home.resolve("lib"))) {
      stamp += file.toString().endsWith(".jar") ? " " + file.getFileName() + digest(file) : "";
    }
    if (isFresh("cache", stamp) && Files.exists(cache)) {
      IO.println("lib/diagbundle.aot is kept");
      return;
    }
    Files.deleteIfExists(cache);
    Path unfinished = home.resolveSibling("diagbundle.aot");
    List<String> words = new ArrayList<>(List.of(launcher.toString()));
    words.addAll(command);
    IO.println("training: " + String.join(" ", words));
    var builder = new ProcessBuilder(words).redirectErrorStream(true);
    // All compilers, as in a long run, whatever the launcher thinks of this one.
    builder
        .environment()
        .put("DIAGBUNDLE_JAVA_OPTS", "-XX:TieredStopAtLevel=4 -XX:AOTCacheOutput=" + unfinished);
    Process process = builder.redirectOutput(stampFile("training").toFile()).start();
    int code = process.waitFor();
    if ((code != 0 && code != 3) || !Files.exists(unfinished)) {
      throw new IllegalStateException(
          "the training run ended with " + code + ":\n" + read(stampFile("training")));
    }
    Files.move(unfinished, cache);
    freshen("cache", stamp);
  }

  private Path stampFile(String what) {
    return home.resolveSibling("packed-" + what + ".txt");
  }

  private boolean isFresh(String what, String stamp) throws IOException {
    return read(stampFile(what)).equals(stamp);
  }

  private void freshen(String what, String stamp) throws IOException {
    Files.writeString(stampFile(what), stamp);
  }

  private static String read(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static List<Path> files(Path directory) throws IOException {
    try (var found = Files.list(directory)) {
      return found.sorted().toList();
    }
  }

  private static String digest(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (var in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (var all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

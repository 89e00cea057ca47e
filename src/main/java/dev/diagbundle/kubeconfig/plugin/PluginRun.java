package dev.diagbundle.kubeconfig.plugin;

import module java.base;

import dev.diagbundle.model.Printable;

/// One run of a credential plugin. Its standard output is the answer; its standard error goes to
/// the user as it comes.
///
/// @param exitCode of the process
/// @param output standard output
/// @param lastWords last line of standard error that is not blank; may be empty
@SuppressWarnings("ArrayRecordComponent") // runs are not compared
record PluginRun(int exitCode, byte[] output, String lastWords) {
  /// The maximum size of an answer.
  static final int MAX_BYTES = 1 << 20;

  private static final Duration ANNOUNCED = Duration.ofSeconds(2);
  private static final Duration LAST_BYTES = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofMillis(500);
  private static final int MAX_WORDS = 300;

  /// Runs the process to its end.
  ///
  /// @param command executable and arguments, passed on as they are
  /// @param environment all variables
  /// @param interactive whether the plugin reads from the terminal; else it reads nothing
  /// @param notice of waiting
  /// @throws IOException if the process cannot be started
  /// @throws InterruptedException if the waiting was ended; the process and its children are then
  ///   ended too
  static PluginRun of(
      List<String> command,
      Map<String, String> environment,
      boolean interactive,
      PluginHost host,
      String notice)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().putAll(environment);
    builder.redirectInput(
        interactive
            ? ProcessBuilder.Redirect.INHERIT
            : ProcessBuilder.Redirect.from(
                new File(File.separatorChar == '/' ? "/dev/null" : "NUL")));
    var process = builder.start();
    var words = new LastLine();
    var output = new FutureTask<>(() -> process.getInputStream().readNBytes(MAX_BYTES + 1));
    var errors = new FutureTask<>(() -> pass(process.getErrorStream(), host.errors(), words), "");
    // A signal that ends this process ends the plugin too.
    var exit = Thread.ofPlatform().unstarted(() -> end(process));
    Runtime.getRuntime().addShutdownHook(exit);
    boolean ended = false;
    try {
      Thread.ofPlatform().daemon().name("plugin-output").start(output);
      Thread.ofPlatform().daemon().name("plugin-errors").start(errors);
      await(process, output, host, notice);
      // A child that the plugin left behind may keep its streams open.
      var answer = rest(output).orElse(new byte[0]);
      rest(errors);
      ended = true;
      return new PluginRun(process.exitValue(), answer, words.text());
    } finally {
      if (!ended) {
        end(process);
      }
      forget(exit);
      process.getInputStream().close();
      process.getErrorStream().close();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException _) {
      // This process ends now.
    }
  }

  private static void await(Process process, Future<byte[]> output, PluginHost host, String notice)
      throws IOException, InterruptedException {
    boolean announced = false;
    while (!process.waitFor(ANNOUNCED.toMillis(), TimeUnit.MILLISECONDS)) {
      if (output.isDone() && output.resultNow().length > MAX_BYTES) {
        throw new IOException("printed more than " + (MAX_BYTES >> 20) + " MiB");
      }
      if (!announced) {
        host.waiting(notice);
        announced = true;
      }
    }
  }

  private static <T> Optional<T> rest(Future<T> reading) throws IOException, InterruptedException {
    try {
      return Optional.of(reading.get(LAST_BYTES.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static void pass(InputStream from, OutputStream to, LastLine words) {
    var buffer = new byte[4096];
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        words.add(buffer, n);
        to.write(buffer, 0, n);
        to.flush();
      }
    } catch (IOException _) {
      // The user cannot be told; the plugin's answer counts.
    }
  }

  /// Asks the process and its children to end, then ends them.
  private static void end(Process process) {
    var all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    all.forEach(ProcessHandle::destroy);
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      interrupted = true;
    }
    all.forEach(ProcessHandle::destroyForcibly);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /// The end of a text.
  private static final class LastLine {
    private final StringBuilder text = new StringBuilder();

    synchronized void add(byte[] bytes, int length) {
      text.append(new String(bytes, 0, length, StandardCharsets.UTF_8));
      if (text.length() > 4 * MAX_WORDS) {
        text.delete(0, text.length() - 2 * MAX_WORDS);
      }
    }

    synchronized String text() {
      return text.toString()
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .reduce((_, later) -> later)
          .map(line -> Printable.line(line, MAX_WORDS))
          .orElse("");
    }
  }
}

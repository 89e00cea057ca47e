package dev.diagbundle.cli.terminal;

import module java.base;

import java.lang.reflect.Proxy;
import org.slf4j.LoggerFactory;

/// The signals of the process, through `sun.misc.Signal`: a shutdown hook cannot tell which signal
/// it was, nor receive a second one. By reflection, because the compiler's warning about that class
/// (which module `jdk.unsupported` exports for this very use) cannot be silenced.
public final class ProcessSignals implements Signals {
  @Override
  public void listen(Consumer<String> onFirst) {
    var heard = new AtomicBoolean();
    for (String name : new String[] {"INT", "TERM"}) {
      handle(
          name,
          () -> {
            if (heard.getAndSet(true)) {
              Runtime.getRuntime().halt(ExitCode.ofSignal(name));
            }
            onFirst.accept(name);
          });
    }
  }

  private static void handle(String name, Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      var proxy =
          Proxy.newProxyInstance(
              ProcessSignals.class.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      action.run();
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(action);
                    case "equals" -> false;
                    default -> name;
                  });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      // A Java without it, or one that keeps the signal for itself: the run can still be killed.
      LoggerFactory.getLogger(ProcessSignals.class).debug("cannot listen for SIG{}", name, e);
    }
  }
}

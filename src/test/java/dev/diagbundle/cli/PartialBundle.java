package dev.diagbundle.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/// A bundle while it is written.
final class PartialBundle {
  private PartialBundle() {}

  /// Does something once the bundle has the entry, which is looked for again and again.
  static void await(Path file, String entry, Runnable then) {
    var partial = file.resolveSibling(file.getFileName() + ".partial");
    Thread.ofVirtual()
        .start(() -> {
          while (!Files.exists(partial)
              || !Run.of("ls", partial.toString()).out().contains(entry)) {
            try {
              Thread.sleep(50);
            } catch (InterruptedException e) {
              return;
            }
          }
          then.run();
        });
  }
}

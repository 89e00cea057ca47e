package dev.diagbundle.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/// A large cluster in which everything answers that a shipped profile asks for: the discovery and
/// the small lists of the demonstration cluster, the large lists of a [LargeCluster], a journal,
/// files and kubelet endpoints of every node, and a log of every container. Files that are the same
/// everywhere are one file with many names.
public record WholeCluster(LargeCluster lists) {
  private static final List<String> CONTAINERS = List.of("app", "proxy");
  private static final int LOG_LINES = 40;

  /// Of the node in the demonstration cluster, what every node has.
  private static final List<String> NODE_FILES =
      List.of(
          "journal/kubelet.log",
          "journal/containerd.log",
          "journal/chronyd.log",
          "files/kern.log",
          "files/syslog",
          "kubelet/configz.json",
          "kubelet/healthz.txt",
          "kubelet/metrics.prom",
          "kubelet/pods.json",
          "kubelet/stats/summary.json");

  /// Writes the cluster into the folder.
  public Path write(Path folder) throws IOException {
    var demo = Path.of("examples", "demo-cluster");
    for (String part : List.of("answers", "objects")) {
      copy(demo.resolve(part), folder.resolve(part));
    }
    lists.writeLists(folder);
    var node = demo.resolve("nodes/rig-1");
    var template = folder.resolve("template");
    Files.createDirectories(template);
    Files.writeString(
        template.resolve("node.json"),
        "{\"os\":\"linux\",\"zone\":\"UTC\",\"query\":\"upstream\",\"directories\":[\"journal/\"]}");
    for (String file : NODE_FILES) {
      place(template.resolve(file));
      Files.copy(node.resolve(file), template.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    for (int number = 0; number < lists.nodes(); number++) {
      var own = folder.resolve("nodes").resolve(LargeCluster.nodeName(number));
      link(template.resolve("node.json"), own.resolve("node.json"));
      for (String file : NODE_FILES) {
        link(template.resolve(file), own.resolve(file));
      }
    }
    var log = template.resolve("container.log");
    Files.writeString(log, log());
    for (int number = 0; number < lists.pods(); number++) {
      var pod =
          folder
              .resolve("pods")
              .resolve(LargeCluster.podNamespace(number))
              .resolve(LargeCluster.podName(number));
      for (String container : CONTAINERS) {
        link(log, pod.resolve(container + ".log"));
      }
    }
    return folder;
  }

  private static String log() {
    var text = new StringBuilder();
    for (int line = 0; line < LOG_LINES; line++) {
      text.append("2026-11-21T03:%02d:%02d.123456789Z stdout F ".formatted(line / 4, line % 60))
          .append("level=info msg=\"request %d served\" status=200 path=/v1/x\n".formatted(line));
    }
    return text.toString();
  }

  private static void link(Path existing, Path name) throws IOException {
    place(name);
    Files.createLink(name, existing);
  }

  private static void place(Path file) throws IOException {
    var parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            var name = from.relativize(file).toString().replace(File.separatorChar, '/');
            place(to.resolve(name));
            Files.copy(file, to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

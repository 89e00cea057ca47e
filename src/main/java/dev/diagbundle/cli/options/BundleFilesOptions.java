package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.read.Bundle;
import dev.diagbundle.bundle.search.ClusterChoice;
import dev.diagbundle.bundle.search.NodeChoice;
import dev.diagbundle.bundle.search.PathChoice;
import dev.diagbundle.cli.terminal.Session;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.EntryPath;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// A bundle and the files of it that a command selects.
public final class BundleFilesOptions {
  @Mixin private final BundleOptions bundle = new BundleOptions();

  @Parameters(
      index = "1+..*",
      arity = "0..*",
      paramLabel = "PATH",
      description = "Files, folders or globs in the bundle.")
  private List<String> paths = List.of();

  @Option(
      names = "--node",
      paramLabel = "NAME|GLOB",
      description = "Node whose files are selected; repeatable.")
  private List<String> nodes = List.of();

  @Option(
      names = "--cluster",
      paramLabel = "NAME|GLOB",
      description = "Cluster whose files are selected; repeatable.")
  private List<String> clusters = List.of();

  /// The files and items that match the options.
  public record Selection(PathChoice paths, NodeChoice nodes, ClusterChoice clusters) {
    /// The selected files, sorted by path.
    ///
    /// @throws DiagbundleException if a path or a cluster is not in the bundle
    public List<Entry> files(Bundle bundle) throws DiagbundleException {
      return nodes.files(ofAnyNode(bundle), bundle.manifest().items());
    }

    /// The files that the other options than `--node` select.
    public List<Entry> ofAnyNode(Bundle bundle) throws DiagbundleException {
      return clusters.files(paths.from(bundle.files()), bundle.manifest().run());
    }

    /// The selected items; none if paths are given.
    public List<Item> items(Bundle bundle) throws DiagbundleException {
      var manifest = bundle.manifest();
      return paths.words().isEmpty()
          ? nodes.items(clusters.items(manifest.items(), manifest.run()))
          : List.of();
    }
  }

  public boolean hasPaths() {
    return !paths.isEmpty();
  }

  public List<String> nodes() {
    return nodes;
  }

  public boolean quiet() {
    return bundle.quiet();
  }

  /// @throws DiagbundleException if an option is not a valid path or glob
  public Selection selection() throws DiagbundleException {
    return new Selection(PathChoice.of(paths), NodeChoice.of(nodes), ClusterChoice.of(clusters));
  }

  /// Opens the bundle and prints its notices. The caller closes it.
  ///
  /// @param content paths of files whose content is read
  public Bundle open(Predicate<EntryPath> content, Session session)
      throws IOException, DiagbundleException {
    return bundle.open(bundle.source(session), content, session);
  }

  /// Like [#open], for the files at these paths only.
  public Bundle openOnly(Predicate<EntryPath> files, Session session)
      throws IOException, DiagbundleException {
    return bundle.openOnly(files, session);
  }
}

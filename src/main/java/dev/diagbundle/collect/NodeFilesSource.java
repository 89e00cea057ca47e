package dev.diagbundle.collect;

import dev.diagbundle.cluster.FileTransfer;
import dev.diagbundle.cluster.NodeFile;
import dev.diagbundle.collect.PlannedTask.Load;
import dev.diagbundle.profile.ItemSpec;
import java.time.Duration;

/// Files below the log folders of nodes: one task walks the folders that may hold a wanted name,
/// and plans one more for each file.
final class NodeFilesSource implements Source<ItemSpec.NodeFiles> {
  /// How nodes are asked.
  ///
  /// @param lookIdle how long a file may be silent when it is looked at
  /// @param pace of the transfers
  /// @param maxFiles at most so many files of one node and item
  record Options(Duration lookIdle, FileTransfer.Options pace, int maxFiles) {
    static final Options USUAL = new Options(NodeFile.USUAL_IDLE, FileTransfer.Options.USUAL, 5_000);
  }

  private final Options options;

  NodeFilesSource() {
    this(Options.USUAL);
  }

  NodeFilesSource(Options options) {
    this.options = options;
  }

  @Override
  public Class<ItemSpec.NodeFiles> spec() {
    return ItemSpec.NodeFiles.class;
  }

  @Override
  public void plan(ItemSpec.NodeFiles spec, Planner planner) {
    for (NodeFacts node : planner.nodes(spec)) {
      var walk = new FolderWalk(spec, planner, node, options);
      planner.atNode(node, spec.kind(), "(folder of " + spec.name() + ")", Load.FILE, walk::walk);
    }
  }

  @Override
  public void needs(ItemSpec.NodeFiles spec, ItemNeeds needs) {
    needs.nodeProxy();
  }
}

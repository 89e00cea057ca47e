package dev.diagbundle.collect.source;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.nodefile.FileTransfer;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.profile.ItemSpec;
import java.time.Duration;

/// The source of files below the log folders of nodes: one task walks the folders that may contain
/// a requested name, and plans one more for each file.
public final class NodeFilesSource implements Source<ItemSpec.NodeFiles> {
  /// The options for requests to nodes.
  ///
  /// @param lookIdle idle timeout of the check of a file
  /// @param pace of the transfers
  /// @param maxFiles maximum number of files of one node and item
  public record Options(Duration lookIdle, FileTransfer.Options pace, int maxFiles) {
    static final Options USUAL =
        new Options(NodeFile.USUAL_IDLE, FileTransfer.Options.USUAL, 5_000);
  }

  private final Options options;

  NodeFilesSource() {
    this(Options.USUAL);
  }

  public NodeFilesSource(Options options) {
    this.options = options;
  }

  @Override
  public Class<ItemSpec.NodeFiles> spec() {
    return ItemSpec.NodeFiles.class;
  }

  @Override
  public void plan(ItemSpec.NodeFiles spec, Planner planner) {
    for (NodeSummary node : planner.nodes().of(spec)) {
      var walk = new FolderWalk(spec, planner, node, options);
      planner
          .tasks()
          .atNode(node, spec.kind(), "(folder of " + spec.name() + ")", Load.FILE, walk::walk);
    }
  }

  @Override
  public void needs(ItemSpec.NodeFiles spec, ItemRights needs) {
    needs.nodeProxy();
  }
}

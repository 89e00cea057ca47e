package dev.diagbundle.collect.source;

import module java.base;

import dev.diagbundle.cluster.NodeSummary;
import dev.diagbundle.cluster.RequestFailedException;
import dev.diagbundle.cluster.nodefile.LogPath;
import dev.diagbundle.cluster.nodefile.NodeFile;
import dev.diagbundle.cluster.nodefile.NodeFolder;
import dev.diagbundle.collect.task.PlannedTask.Load;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.ItemSpec;

/// The walk through the log folder of one node on behalf of one item: it lists the folders that may
/// contain a requested name, and plans a task for each file. A symbolic link to a folder is listed
/// like a file; the file's task detects it and continues the walk from there. For one thread at a
/// time: a node has one file task at once.
final class FolderWalk {
  /// The maximum depth, as links can make a folder its own descendant.
  private static final int MAX_DEPTH = 12;

  private static final int MAX_FOLDERS = 2_000;
  private static final int MAX_LOOKS = 500;
  private static final String JOURNAL_WORDS =
      "binary journals cannot be redacted, so they require an include that starts with journal/";

  private final ItemSpec.NodeFiles spec;
  private final Planner planner;
  private final NodeSummary node;
  private final NodeFileFilter choice;
  private final NodeFileCopy copy;
  private final UnresponsiveFiles silent;
  private final Duration idle;
  private final int maxFiles;

  private final Map<LogPath, String> prints = new HashMap<>();
  private final Map<String, LogPath> linkTargets = new HashMap<>();
  private int files;
  private int looks;

  /// A folder to list.
  private record Next(LogPath folder, boolean link) {}

  FolderWalk(
      ItemSpec.NodeFiles spec, Planner planner, NodeSummary node, NodeFilesSource.Options options) {
    this.spec = spec;
    this.planner = planner;
    this.node = node;
    this.choice = new NodeFileFilter(spec);
    this.silent = new UnresponsiveFiles();
    this.copy = new NodeFileCopy(spec, planner, node, choice, silent, options);
    this.idle = options.lookIdle();
    this.maxFiles = options.maxFiles();
  }

  /// Walks the whole log folder.
  Outcome walk(TaskScope scope) throws IOException, InterruptedException {
    return walk(new Next(LogPath.ROOT, false), "no file matches", scope);
  }

  private Outcome walk(Next root, String whenEmpty, TaskScope scope)
      throws IOException, InterruptedException {
    var notes = new WalkProblems();
    int before = files;
    var open = new ArrayDeque<Next>(List.of(root));
    while (!open.isEmpty()) {
      var next = open.remove();
      if (prints.size() >= MAX_FOLDERS) {
        notes.add(Reason.LIMIT, "only the first " + MAX_FOLDERS + " folders of the node were read");
        break;
      }
      open.addAll(list(next, next.equals(root), notes, scope));
    }
    if (files > maxFiles) {
      notes.add(Reason.LIMIT, files + " files match; the first " + maxFiles + " are collected");
    }
    if (notes.outcome().isPresent()) {
      return notes.outcome().get();
    }
    return files == before ? new Outcome.Skipped(Reason.EMPTY, whenEmpty) : new Outcome.Collected();
  }

  /// Lists one folder and plans its files.
  ///
  /// @return folders to continue with
  private List<Next> list(Next next, boolean root, WalkProblems notes, TaskScope scope)
      throws IOException, InterruptedException {
    var found = new ArrayList<LogPath>();
    NodeFolder listed;
    try {
      listed =
          NodeFolder.read(
              scope.cluster(),
              node.name(),
              next.folder(),
              scope.caller(),
              path -> {
                if (concerns(path) && found.size() <= maxNames()) {
                  found.add(path);
                }
              });
    } catch (RequestFailedException e) {
      if (root || e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      notes.add(e.reason(), next.folder() + " cannot be read: " + e.getMessage());
      return List.of();
    }
    var same = next.link() ? seenBefore(next.folder(), listed.print()) : Optional.<LogPath>empty();
    prints.put(next.folder(), listed.print());
    if (same.isPresent()) {
      if (!root) {
        noteSame(next.folder(), same.get());
      }
      return List.of();
    }
    var name = next.folder().equals(LogPath.ROOT) ? "the log folder" : next.folder().shown();
    listed.problems().forEach(problem -> notes.add(Reason.INVALID_ANSWER, name + ": " + problem));
    if (found.size() > maxNames()) {
      found.removeLast();
      notes.add(
          Reason.LIMIT,
          name + ": only the first " + maxNames() + " possibly matching names were read");
    }
    return plan(found, notes, scope);
  }

  private int maxNames() {
    return maxFiles + MAX_FOLDERS;
  }

  /// The already known folder with the same content as a link's target: an ancestor of the link, or
  /// the target of another link; empty if there is none. Without this, folders that link to each
  /// other multiply.
  private Optional<LogPath> seenBefore(LogPath folder, String print) {
    var above = folder;
    while (!above.equals(LogPath.ROOT)) {
      above = above.parent();
      if (print.equals(prints.get(above))) {
        return Optional.of(above);
      }
    }
    return Optional.ofNullable(linkTargets.putIfAbsent(print, folder));
  }

  private void noteSame(LogPath link, LogPath folder) {
    var where = folder.equals(LogPath.ROOT) ? "the log folder" : folder.shown();
    planner
        .tasks()
        .note(
            spec.kind(),
            node.name(),
            link.shown(),
            new Outcome.Skipped(
                Reason.EMPTY, "a link to a folder with the same content as " + where));
  }

  /// Returns whether a listed name is to be kept until the list has ended.
  private boolean concerns(LogPath path) {
    if (path.isFolder()) {
      return choice.mayHold(path);
    }
    return choice.wants(path) || mayBeLink(path);
  }

  /// Returns whether a name may be a link. A name that is not requested as a file may be a link to
  /// a folder with requested ones. Folders seldom have a dot in their names, and every check costs
  /// a request.
  private boolean mayBeLink(LogPath path) {
    return path.name().indexOf('.') < 0 && choice.mayHold(path);
  }

  private List<Next> plan(List<LogPath> found, WalkProblems notes, TaskScope scope)
      throws IOException, InterruptedException {
    var folders = new ArrayList<Next>();
    var names = new HashSet<LogPath>();
    for (LogPath path : found) {
      // A list that names a file twice, or also as a folder, was not generated by Go.
      if (!names.add(path.asFolder())) {
        continue;
      }
      if (NodeFileFilter.isJournal(path) && !choice.wantsJournal(path)) {
        planner
            .tasks()
            .note(
                spec.kind(),
                node.name(),
                path.shown(),
                new Outcome.Skipped(Reason.UNSUPPORTED, JOURNAL_WORDS));
        files++;
      } else if (path.depth() > MAX_DEPTH) {
        notes.add(Reason.LIMIT, path + " is deeper than " + MAX_DEPTH + " folders and is skipped");
      } else if (path.isFolder()) {
        folders.add(new Next(path, false));
      } else if (choice.wants(path)) {
        planFile(path);
      } else if (isFolder(path, notes, scope)) {
        folders.add(new Next(path.asFolder(), true));
      }
    }
    return folders;
  }

  private void planFile(LogPath path) {
    if (files++ < maxFiles) {
      planner
          .tasks()
          .atNode(node, spec.kind(), path.shown(), Load.FILE, task -> collect(path, task));
    }
  }

  private Outcome collect(LogPath path, TaskScope scope) throws IOException, InterruptedException {
    var outcome = copy.collect(path, scope);
    if (outcome.isPresent()) {
      return outcome.get();
    }
    return choice.mayHold(path)
        ? walk(
            new Next(path.asFolder(), true),
            "a link to a folder: nothing in it matches, or it was already visited",
            scope)
        : new Outcome.Skipped(Reason.EMPTY, "a link to a folder that cannot contain a match");
  }

  private boolean isFolder(LogPath path, WalkProblems notes, TaskScope scope)
      throws IOException, InterruptedException {
    if (silent.verdict(path).isPresent()) {
      return false;
    }
    if (++looks > MAX_LOOKS) {
      if (looks == MAX_LOOKS + 1) {
        notes.add(
            Reason.LIMIT, "only " + MAX_LOOKS + " names were checked for being links to folders");
      }
      return false;
    }
    try {
      boolean folder =
          NodeFile.look(scope.cluster(), node.name(), path, scope.caller(), idle).isEmpty();
      return folder;
    } catch (RequestFailedException e) {
      if (e.reason() == Reason.UNREACHABLE) {
        throw e;
      }
      if (e.reason() == Reason.TIMED_OUT) {
        notes.add(e.reason(), path + ": " + silent.silent(e.getMessage()).words());
      }
      return false;
    }
  }
}

package dev.diagbundle.collect.task;

import module java.base;

import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.cluster.Cluster;
import dev.diagbundle.cluster.ErrorClassifier;
import dev.diagbundle.cluster.RequestOrigin;
import dev.diagbundle.model.ByteSize;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The resources of a running task: the cluster, called on behalf of its item, and the entries of
/// the bundle that belong to its item.
///
/// @param kind of its item
/// @param caller of all its requests
/// @param broken true if it is about a broken pod
public record TaskScope(
    Cluster cluster, Entries entries, ItemKind kind, RequestOrigin caller, boolean broken) {
  public TaskScope(Cluster cluster, Entries entries, ItemKind kind, RequestOrigin caller) {
    this(cluster, entries, kind, caller, false);
  }

  /// The same scope for a pod, which may be broken.
  public TaskScope ofPod(boolean isBroken) {
    return new TaskScope(cluster, entries, kind, caller, isBroken);
  }

  /// A source that fills an entry.
  @FunctionalInterface
  public interface Copy {
    Outcome to(OutputStream out) throws IOException, InterruptedException;
  }

  /// Opens an entry of this task's item. The caller closes it.
  public EntryStream entry(EntryPath path, Instant modified, long maxBytes) throws IOException {
    var rank = EntryRank.of(kind, caller, path, entries.place(), broken);
    return entries.open(path, caller, modified, maxBytes, rank);
  }

  /// Fills one entry with a log or file and keeps the data that arrived, even if the source breaks
  /// off or has more than the limit allows: then a log keeps its newest lines and those around its
  /// first and its newest error.
  ///
  /// @return the copy's outcome, or partial if not everything arrived
  public Outcome collect(EntryPath path, Instant modified, long maxBytes, Copy copy)
      throws IOException, InterruptedException {
    try (var entry = entry(path, modified, maxBytes)) {
      var outcome = fill(entry, copy);
      if (outcome instanceof Outcome.Collected || outcome instanceof Outcome.Partial) {
        outcome = entry.commit(outcome, maxBytes);
      }
      return entry.wasUtf16() && outcome.equals(new Outcome.Collected())
          ? new Outcome.Collected("converted from UTF-16 to UTF-8")
          : outcome;
    }
  }

  public static Outcome fill(EntryStream entry, Copy copy)
      throws IOException, InterruptedException {
    try {
      return copy.to(entry);
    } catch (EntryStream.LimitReachedException e) {
      return new Outcome.Partial(
          Reason.LIMIT,
          entry.isLimited()
              ? "truncated at the item's limit of "
                  + ByteSize.format(e.maxBytes())
                  + "; the rest is missing"
              : "only the first "
                  + ByteSize.format(e.maxBytes())
                  + " were read, because of the item's limit; the rest is missing");
    } catch (InterruptedException e) {
      if (entry.written() == 0) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return new Outcome.Partial(Reason.INTERRUPTED, "the run ended before this item");
    } catch (StorageException | OverBudgetException e) {
      // The bundle failed, not the source.
      throw e;
    } catch (IOException e) {
      if (entry.written() == 0) {
        throw e;
      }
      if (ErrorClassifier.isInterrupt(e)) {
        return new Outcome.Partial(Reason.INTERRUPTED, "the run ended before this item");
      }
      var broken = ErrorClassifier.brokenOff(e);
      return new Outcome.Partial(broken.reason(), broken.getMessage());
    }
  }
}

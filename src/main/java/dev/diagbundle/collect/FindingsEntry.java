package dev.diagbundle.collect;

import module java.base;

import dev.diagbundle.bundle.archive.StorageException;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Item;
import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.bundle.write.BundleWriter;
import dev.diagbundle.bundle.write.OverBudgetException;
import dev.diagbundle.collect.task.Entries;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.model.Ticker;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.RedactionException;

/// The entries `findings.json` and `log-patterns.json` of a bundle, written from one reading before
/// it is sealed. A failure costs only the file, and is recorded as an item of the run.
///
/// @param up true if the time for the analysis is up: data not read by then counts as missing
record FindingsEntry(
    FindingsRenderer findings, Redaction redaction, BooleanSupplier up, Ticker ticker) {
  /// A writer of a file's content, if there is any.
  private interface Content {
    boolean write(OutputStream out) throws IOException;
  }

  /// Writes the entries.
  ///
  /// @return items for the missing entries; empty if none is missing
  List<Item> add(BundleWriter bundle, Manifest.Run run, List<Item> items) {
    var missing = new ArrayList<Item>();
    add(
            BundleLayout.FINDINGS,
            out -> {
              try (var so = bundle.provisional(run, items)) {
                findings.write(new TimedContents(so, up), out);
                return true;
              }
            },
            bundle,
            run)
        .ifPresent(missing::add);
    if (!missing.isEmpty() && missing.getFirst().outcome() instanceof Outcome.Failed failure) {
      // There was no analysis, so there are no patterns either, for the same reason.
      missing(BundleLayout.LOG_PATTERNS, failure, ticker.nanos()).ifPresent(missing::add);
      return List.copyOf(missing);
    }
    add(BundleLayout.LOG_PATTERNS, findings::writePatterns, bundle, run).ifPresent(missing::add);
    return List.copyOf(missing);
  }

  private Optional<Item> add(
      EntryPath path, Content content, BundleWriter bundle, Manifest.Run run) {
    long began = ticker.nanos();
    try (var out = new Entries(bundle, redaction).open(path, "", run.finished(), Long.MAX_VALUE)) {
      if (content.write(out)) {
        out.commit();
      }
      return Optional.empty();
    } catch (OverBudgetException e) {
      return missing(path, new Outcome.Skipped(Reason.LIMIT, "no space left in the bundle"), began);
    } catch (StorageException e) {
      return missing(path, new Outcome.Skipped(Reason.LIMIT, e.reason()), began);
    } catch (OutOfMemoryError e) {
      // The memory of the analysis is free again; completing the bundle needs little.
      return missing(path, failed("not enough memory for the analysis"), began);
    } catch (RedactionException e) {
      return missing(path, failed(String.valueOf(e.getMessage())), began);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return missing(path, failed("the analysis failed: " + e.getClass().getSimpleName()), began);
    }
  }

  private static Outcome failed(String words) {
    return new Outcome.Failed(Reason.INTERNAL, words);
  }

  private Optional<Item> missing(EntryPath path, Outcome outcome, long began) {
    var took = ticker.since(began);
    return Optional.of(new Item("run/" + path, ItemKind.RUN, "", path.value(), outcome, 0, took));
  }
}

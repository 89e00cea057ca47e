package dev.diagbundle.collect;

import dev.diagbundle.bundle.BundleLayout;
import dev.diagbundle.bundle.BundleWriter;
import dev.diagbundle.bundle.Item;
import dev.diagbundle.bundle.Manifest;
import dev.diagbundle.bundle.OverBudgetException;
import dev.diagbundle.bundle.StorageException;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.redact.Redaction;
import dev.diagbundle.redact.RedactionException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Puts `findings.json` into a bundle before it is sealed. Whatever goes wrong with that costs only
/// this file, and is said as an item of the run.
///
/// @param up whether the time for it is up: what was not read by then counts as missing
record FindingsEntry(FindingsWriter findings, Redaction redaction, BooleanSupplier up) {
  private static final String ID = "run/" + BundleLayout.FINDINGS;

  /// Writes the entry.
  ///
  /// @return why it is missing; empty if it is there
  /// @throws StorageException if the disk refuses: then there is no bundle either
  Optional<Item> add(BundleWriter bundle, Manifest.Run run, List<Item> items)
      throws StorageException {
    long began = System.nanoTime();
    try (var so = bundle.provisional(run, items);
        var out =
            new Entries(bundle, redaction)
                .open(BundleLayout.FINDINGS, "", run.finished(), Long.MAX_VALUE)) {
      findings.write(new TimedContents(so, up), out);
      out.commit();
      return Optional.empty();
    } catch (OverBudgetException e) {
      return missing(new Outcome.Skipped(Reason.OVER_BUDGET, "it does not fit"), began);
    } catch (StorageException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      // What the analysis held is gone with it; the bundle needs little to be completed.
      return missing(failed("not enough memory for the analysis"), began);
    } catch (RedactionException e) {
      return missing(failed(String.valueOf(e.getMessage())), began);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      return missing(failed("the analysis failed: " + e.getClass().getSimpleName()), began);
    }
  }

  private static Outcome failed(String words) {
    return new Outcome.Failed(Reason.INTERNAL, words);
  }

  private static Optional<Item> missing(Outcome outcome, long began) {
    var took = Duration.ofNanos(System.nanoTime() - began);
    return Optional.of(new Item(ID, "run", "", BundleLayout.FINDINGS.value(), outcome, 0, took));
  }
}

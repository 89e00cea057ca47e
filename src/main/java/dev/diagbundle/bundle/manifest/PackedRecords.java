package dev.diagbundle.bundle.manifest;

import module java.base;

import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;

/// The forms in which the entries and items of a manifest are kept in memory.
public final class PackedRecords {
  public static final PackedList.Form<Entry> ENTRY = new OfEntry();
  static final PackedList.Form<Item> ITEM = new OfItem();

  private PackedRecords() {}

  /// Writes a text that may be a part of another, at this place.
  private static void part(String text, String whole, int at, PackedOutput out) {
    boolean within = at >= 0 && whole.startsWith(text, at);
    out.number(within ? at : -1);
    if (within) {
      out.number(text.length());
    } else {
      out.text(text);
    }
  }

  private static String part(String whole, PackedInput in) {
    int at = (int) in.number();
    return at < 0 ? in.text() : whole.substring(at, at + (int) in.number());
  }

  private static final class OfEntry implements PackedList.Form<Entry> {
    private static final int SHA256_BYTES = 32;

    @Override
    public void write(Entry entry, PackedOutput out) {
      out.text(entry.path().value());
      out.number(entry.bytes());
      // Of a manifest that was only read, it may be anything.
      boolean known = Checksums.isSha256(entry.sha256());
      out.number(known ? 1 : 0);
      if (known) {
        out.bytes(HexFormat.of().parseHex(entry.sha256()));
      } else {
        out.text(entry.sha256());
      }
      out.number(entry.offset());
      out.number(entry.compressedBytes());
      out.number(entry.lines());
      var modified = entry.modified();
      out.number(modified.getEpochSecond());
      out.number(modified.getNano());
      item(entry, out);
      out.number(entry.redactions().size());
      entry
          .redactions()
          .forEach((rule, count) -> {
            out.text(rule);
            out.number(count);
          });
    }

    @Override
    public Entry read(PackedInput in) {
      var path = new EntryPath(in.text());
      long bytes = in.number();
      var sha256 = in.number() == 1 ? HexFormat.of().formatHex(in.bytes(SHA256_BYTES)) : in.text();
      return new Entry(
          path,
          bytes,
          sha256,
          in.number(),
          in.number(),
          in.number(),
          Instant.ofEpochSecond(in.number(), in.number()),
          in.text() + part(path.value(), in),
          redactions(in));
    }

    /// Nearly always, the end of the item's id, its name, is a part of the path.
    private static void item(Entry entry, PackedOutput out) {
      var item = entry.item();
      int cut = item.indexOf('/', item.indexOf('/') + 1) + 1;
      var name = item.substring(cut);
      out.text(item.substring(0, cut));
      part(name, entry.path().value(), entry.path().value().indexOf(name), out);
    }

    private static Map<String, Long> redactions(PackedInput in) {
      long count = in.number();
      if (count == 0) {
        return Map.of();
      }
      var redactions = new HashMap<String, Long>();
      for (long i = 0; i < count; i++) {
        redactions.put(in.text(), in.number());
      }
      return redactions;
    }
  }

  /// Kind, node and name are mostly parts of the id, and kept as such.
  private static final class OfItem implements PackedList.Form<Item> {
    @Override
    public void write(Item item, PackedOutput out) {
      out.text(item.id());
      out.text(item.cluster());
      int begin = new ClusterPlace(item.cluster()).prefix().length();
      part(item.kind().label(), item.id(), begin, out);
      part(item.node(), item.id(), begin + item.kind().label().length() + 1, out);
      part(item.name(), item.id(), item.id().length() - item.name().length(), out);
      write(item.outcome(), out);
      out.number(item.receivedBytes());
      var took = item.took();
      out.number(took.toSeconds());
      out.number(took.toNanosPart());
    }

    @Override
    public Item read(PackedInput in) {
      var id = in.text();
      var cluster = in.text();
      return new Item(
          id,
          ItemKind.ofLabel(part(id, in)),
          part(id, in),
          part(id, in),
          outcome(in),
          in.number(),
          Duration.ofSeconds(in.number(), in.number()),
          cluster);
    }

    private static void write(Outcome outcome, PackedOutput out) {
      int number =
          switch (outcome) {
            case Outcome.Collected _ -> 0;
            case Outcome.Partial _ -> 1;
            case Outcome.Skipped _ -> 2;
            case Outcome.Failed _ -> 3;
            case Outcome.Cancelled _ -> 4;
          };
      out.number(number);
      if (!(outcome instanceof Outcome.Cancelled)) {
        outcome.why().ifPresent(reason -> out.text(reason.label()));
      }
      out.text(outcome.words());
    }

    private static Outcome outcome(PackedInput in) {
      int number = (int) in.number();
      return switch (number) {
        case 0 -> new Outcome.Collected(in.text());
        case 1 -> new Outcome.Partial(reason(in), in.text());
        case 2 -> new Outcome.Skipped(reason(in), in.text());
        case 3 -> new Outcome.Failed(reason(in), in.text());
        default -> new Outcome.Cancelled(in.text());
      };
    }

    private static Reason reason(PackedInput in) {
      return Reason.ofLabel(in.text());
    }
  }
}

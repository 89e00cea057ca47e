package dev.diagbundle.report.collection;

import module java.base;

import dev.diagbundle.bundle.manifest.Manifest;
import dev.diagbundle.findings.Finding;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.report.findings.FindingText;
import dev.diagbundle.report.findings.FindingsIndex;
import dev.diagbundle.report.findings.FindingsSection;
import dev.diagbundle.report.html.FileLink;
import dev.diagbundle.report.html.TextFormat;
import dev.diagbundle.report.input.BundleFiles;

/// The section "Completeness": the missing items, the reasons and the fixes, grouped by reason.
///
/// @param share the share for the sidebar, `73%`
/// @param groups the groups that have rows
/// @param notes the results of checks about the bundle and its collection
public record CompletenessSection(
    ItemTally tally,
    String share,
    String count,
    String lead,
    List<Group> groups,
    List<Note> notes,
    int moreNotes) {
  /// The id of the findings about the bundle and its collection in the page.
  public static final String NOTES = "checks";

  private static final int MAX_NOTES = 40;

  /// The maximum number of reasons in the page, and of items of each.
  static final int MAX_REASONS = 40;

  static final int MAX_ITEMS = 50;

  /// Rows of the same standing.
  ///
  /// @param summary the summary, `21 items`
  /// @param shown the rows shown, at most [#MAX_REASONS] minus those in the groups before it
  /// @param more the number of omitted rows
  record Group(String title, String summary, List<Row> shown, int more) {}

  /// One reason.
  ///
  /// @param summary the summary, `10 service logs, 2 container logs`
  /// @param said the message of the source about the first item
  /// @param varies true if the message differs for others
  record Row(
      String id,
      int count,
      String title,
      String summary,
      List<String> items,
      int more,
      String said,
      boolean varies,
      Advice advice) {}

  /// The result of a check.
  public record Note(
      String icon, String word, String title, String check, String fix, Optional<FileLink> file) {}

  public static CompletenessSection of(BundleFiles files, Gaps gaps, FindingsIndex findings) {
    var manifest = files.manifest();
    var said = new ArrayList<>(findings.analysis().bundle());
    said.addAll(findings.analysis().collection());
    var tally = ItemTally.of(manifest.items());
    var rows = new ArrayList<Group>();
    int room = MAX_REASONS;
    for (var standing : Gaps.Standing.values()) {
      var of = gaps.all().stream().filter(gap -> gap.standing() == standing).toList();
      if (of.isEmpty()) {
        continue;
      }
      int shown = Math.min(room, of.size());
      room -= shown;
      long items = of.stream().mapToLong(Gaps.Gap::count).sum();
      rows.add(
          new Group(
              title(standing),
              TextFormat.count(items, "item"),
              of.subList(0, shown).stream().map(gap -> row(gap, manifest)).toList(),
              of.size() - shown));
    }
    return new CompletenessSection(
        tally,
        tally.applicable() == 0 ? "" : share(tally),
        tally.applicable() == 0
            ? "nothing was planned"
            : TextFormat.count(tally.collected() + (long) tally.shortened())
                + " of "
                + TextFormat.count(tally.applicable(), "item"),
        lead(tally, gaps),
        List.copyOf(rows),
        said.stream().limit(MAX_NOTES).map(finding -> note(finding, files)).toList(),
        Math.max(0, said.size() - MAX_NOTES));
  }

  private static Note note(Finding finding, BundleFiles files) {
    return new Note(
        FindingText.icon(finding.severity()),
        FindingText.word(finding.severity()),
        FindingsSection.title(finding),
        finding.id(),
        finding.remedy(),
        finding.evidence().stream()
            .findFirst()
            .flatMap(proof -> FindingsSection.file(files, proof, "")));
  }

  /// The share, rounded down, so that 100% means all items.
  private static String share(ItemTally tally) {
    return 100L * (tally.collected() + (long) tally.shortened()) / tally.applicable() + "%";
  }

  private static String lead(ItemTally tally, Gaps gaps) {
    var text = new StringBuilder();
    if (tally.gaps() == 0) {
      text.append("The bundle contains all requested data.");
    } else {
      text.append(TextFormat.count(tally.missing(), "item is", "items are")).append(" missing");
      if (tally.shortened() > 0) {
        text.append(" and ").append(TextFormat.count(tally.shortened(), "is", "are"));
        text.append(" shortened");
      }
      long fixable = gaps.count(Gaps.Standing.FIXABLE);
      text.append(". ")
          .append(TextFormat.count(fixable))
          .append(" of them can be fixed and collected");
      text.append(" again.");
    }
    if (tally.notApplicable() > 0) {
      text.append(" For ").append(TextFormat.count(tally.notApplicable(), "planned item"));
      text.append(" there was nothing to collect.");
    }
    return text.toString();
  }

  private static String title(Gaps.Standing standing) {
    return switch (standing) {
      case FIXABLE -> "Can be fixed";
      case EXPECTED -> "Expected";
      case NOTHING -> "Nothing to collect";
    };
  }

  private static Row row(Gaps.Gap gap, Manifest manifest) {
    return new Row(
        gap.id(),
        gap.count(),
        gap.title(),
        summary(gap.kinds()),
        gap.samples().stream().map(ItemNames::title).toList(),
        gap.count() - gap.samples().size(),
        gap.said(),
        gap.varies(),
        Advice.of(gap.remedy(), manifest.run().profile(), List.copyOf(gap.nodes())));
  }

  private static String summary(Map<ItemKind, Integer> kinds) {
    return new TreeMap<>(kinds)
        .entrySet().stream()
            .map(kind -> ItemNames.counted(kind.getValue(), kind.getKey()))
            .collect(Collectors.joining(", "));
  }
}

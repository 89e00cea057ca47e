package dev.diagbundle.report.findings;

import dev.diagbundle.findings.Finding;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.html.Href;

/// A link to a finding from other sections: `F1`.
///
/// @param title the title of the finding, for screen readers
public record FindingLink(Href href, String id, String title) {
  public static FindingLink of(int number, Finding finding) {
    var id = id(number);
    return new FindingLink(Href.anchor(id), id, Printable.cut(finding.title(), 200));
  }

  /// @param number the number of the finding, from 1
  public static String id(int number) {
    return "F" + number;
  }
}

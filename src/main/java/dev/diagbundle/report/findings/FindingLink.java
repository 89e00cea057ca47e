package dev.diagbundle.report.findings;

import dev.diagbundle.findings.Finding;
import dev.diagbundle.model.Printable;
import dev.diagbundle.report.html.Href;

/// A finding as other sections name it: `F1`.
///
/// @param title said to those who cannot see where the link leads
public record FindingLink(Href href, String id, String title) {
  public static FindingLink of(int number, Finding finding) {
    var id = id(number);
    return new FindingLink(Href.anchor(id), id, Printable.cut(finding.title(), 200));
  }

  /// @param number from 1
  public static String id(int number) {
    return "F" + number;
  }
}

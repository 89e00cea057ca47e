package dev.diagbundle.report;

/// A finding as other sections name it: `F1`.
///
/// @param title said to those who cannot see where the link leads
record FindingLink(Href href, String id, String title) {
  static FindingLink of(int number, Finding finding) {
    var id = id(number);
    return new FindingLink(Href.anchor(id), id, Wording.cut(finding.title(), 200));
  }

  /// @param number from 1
  static String id(int number) {
    return "F" + number;
  }
}

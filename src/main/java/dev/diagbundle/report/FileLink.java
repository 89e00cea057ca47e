package dev.diagbundle.report;

import dev.diagbundle.bundle.Entry;

/// A file of the bundle as the page names it.
///
/// @param href leads to the file
/// @param text what to show, usually its path
record FileLink(Href href, String text) {
  /// What names everything that the page has no room for.
  static FileLink manifest() {
    return new FileLink(new Href("./manifest.json"), "manifest.json");
  }

  static FileLink path(Entry entry) {
    return new FileLink(Href.entry(entry.path()), entry.path().value());
  }

  static FileLink name(Entry entry) {
    return new FileLink(Href.entry(entry.path()), entry.path().fileName());
  }
}

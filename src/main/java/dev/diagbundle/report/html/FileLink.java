package dev.diagbundle.report.html;

import dev.diagbundle.bundle.manifest.Entry;

/// A file of the bundle as the page names it.
///
/// @param href leads to the file
/// @param text what to show, usually its path
public record FileLink(Href href, String text) {
  /// What names everything that the page has no room for.
  public static FileLink manifest() {
    return new FileLink(new Href("./manifest.json"), "manifest.json");
  }

  public static FileLink path(Entry entry) {
    return new FileLink(Href.entry(entry.path()), entry.path().value());
  }

  public static FileLink name(Entry entry) {
    return new FileLink(Href.entry(entry.path()), entry.path().fileName());
  }
}

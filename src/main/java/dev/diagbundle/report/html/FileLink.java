package dev.diagbundle.report.html;

import dev.diagbundle.bundle.manifest.Entry;

/// A link to a file of the bundle.
///
/// @param href the link to the file
/// @param text the link text, usually its path
public record FileLink(Href href, String text) {
  /// The link to the manifest, which lists everything that the page omits.
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

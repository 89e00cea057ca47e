package dev.diagbundle.report.html;

import dev.diagbundle.model.Printable;
import freemarker.template.TemplateScalarModel;

/// A text for templates: without control characters, truncated to one line's length. The template
/// escapes it as HTML in addition.
public record PrintableScalar(String raw) implements TemplateScalarModel {
  /// The maximum number of code points of one text in the page.
  public static final int MAX_LENGTH = 2_000;

  @Override
  public String getAsString() {
    return Printable.line(raw, MAX_LENGTH);
  }
}

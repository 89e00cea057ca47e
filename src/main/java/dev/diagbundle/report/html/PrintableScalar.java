package dev.diagbundle.report.html;

import dev.diagbundle.model.Printable;
import freemarker.template.TemplateScalarModel;

/// Text as templates see it: without control characters, cut to one line's length. The escaping as
/// HTML comes on top, where the template prints it.
public record PrintableScalar(String raw) implements TemplateScalarModel {
  /// The most code points of one text in the page.
  public static final int MAX_LENGTH = 2_000;

  @Override
  public String getAsString() {
    return Printable.line(raw, MAX_LENGTH);
  }
}

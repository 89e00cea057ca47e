package dev.diagbundle.report.html;

import dev.diagbundle.model.Printable;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateHTMLOutputModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateScalarModel;
import java.util.List;

/// The function `shown(text)` for templates: the text for element content, in which each character
/// without a glyph is shown as a small box, `U+202E`. In attributes, print the text itself: it is
/// spelled the same there, without the box.
final class ShownTextMethod implements TemplateMethodModelEx {
  private static final HTMLOutputFormat HTML = HTMLOutputFormat.INSTANCE;

  @Override
  @SuppressWarnings("rawtypes") // as FreeMarker declares it
  public TemplateModel exec(List arguments) throws TemplateModelException {
    if (arguments.size() != 1 || !(arguments.getFirst() instanceof TemplateScalarModel text)) {
      throw new TemplateModelException("shown() expects a string");
    }
    return text instanceof PrintableScalar(String raw)
        ? boxed(raw)
        : HTML.fromPlainTextByEscaping(text.getAsString());
  }

  private static TemplateHTMLOutputModel boxed(String raw) throws TemplateModelException {
    var head =
        raw.length() > 4 * PrintableScalar.MAX_LENGTH
            ? raw.substring(0, 4 * PrintableScalar.MAX_LENGTH)
            : raw;
    var text = Printable.withoutAnsi(head);
    var html = new StringBuilder(text.length() + 16);
    int shown = 0;
    int from = 0;
    int at = 0;
    while (at < text.length() && shown < PrintableScalar.MAX_LENGTH) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (Printable.isHidden(point) && point != '\t') {
        html.append(HTML.escapePlainText(Printable.line(text.substring(from, at))));
        html.append("<span class=\"cc\">").append(Printable.line(Character.toString(point)));
        html.append("</span>");
        from = next;
      }
      shown++;
      at = next;
    }
    html.append(HTML.escapePlainText(Printable.line(text.substring(from, at))));
    if (at < text.length() || head.length() < raw.length()) {
      html.append('…');
    }
    return HTML.fromMarkup(html.toString());
  }
}

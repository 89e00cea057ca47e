package dev.diagbundle.report.html;

import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.util.List;

/// The function `full(kilobytes)` for templates: true if the page has grown to this size, so that a
/// block of many rows stops before the next one.
final class PageFullMethod implements TemplateMethodModelEx {
  private final CountingWriter writer;

  PageFullMethod(CountingWriter writer) {
    this.writer = writer;
  }

  @Override
  @SuppressWarnings("rawtypes") // as FreeMarker declares it
  public TemplateModel exec(List arguments) throws TemplateModelException {
    if (arguments.size() != 1 || !(arguments.getFirst() instanceof TemplateNumberModel limit)) {
      throw new TemplateModelException("full() expects a number of kilobytes");
    }
    boolean full = writer.bytes() >= limit.getAsNumber().longValue() * 1_000;
    return full ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
  }
}

package dev.diagbundle.report;

import freemarker.template.SimpleScalar;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateNumberModel;
import java.util.List;

/// `count(number)` for templates: the number with commas, `1,204`.
final class CountText implements TemplateMethodModelEx {
  @Override
  @SuppressWarnings("rawtypes") // as FreeMarker declares it
  public TemplateModel exec(List arguments) throws TemplateModelException {
    if (arguments.size() != 1 || !(arguments.getFirst() instanceof TemplateNumberModel number)) {
      throw new TemplateModelException("count() takes a number");
    }
    return new SimpleScalar(Wording.count(number.getAsNumber().longValue()));
  }
}

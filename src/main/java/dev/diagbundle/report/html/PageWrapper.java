package dev.diagbundle.report.html;

import module java.base;

import freemarker.template.ObjectWrapper;
import freemarker.template.SimpleNumber;
import freemarker.template.SimpleScalar;
import freemarker.template.TemplateBooleanModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import freemarker.template.TemplateSequenceModel;
import org.jspecify.annotations.Nullable;

/// The wrapper of Java values for templates: texts, numbers, booleans, enums by their names, lists,
/// and the components of records. Nothing else is supported, so that no template can call a method;
/// and there is no introspection of beans, which costs more than the rendering of a whole page.
final class PageWrapper implements ObjectWrapper {
  @Override
  public @Nullable TemplateModel wrap(@Nullable Object value) throws TemplateModelException {
    return switch (value) {
      case null -> null;
      case TemplateModel model -> model;
      case String text -> new PrintableScalar(text);
      case Href href -> new SimpleScalar(href.value());
      case Number number -> new SimpleNumber(number);
      case Boolean flag -> flag ? TemplateBooleanModel.TRUE : TemplateBooleanModel.FALSE;
      case Enum<?> constant -> new SimpleScalar(constant.name().toLowerCase(Locale.ROOT));
      case Optional<?> optional -> wrap(optional.orElse(null));
      case List<?> list -> new ListSequence(this, list);
      case Record data -> new RecordHash(this, data);
      default ->
          throw new TemplateModelException(
              "templates cannot access a " + value.getClass().getName());
    };
  }

  private record ListSequence(PageWrapper wrapper, List<?> list) implements TemplateSequenceModel {
    @Override
    public @Nullable TemplateModel get(int index) throws TemplateModelException {
      return index < list.size() ? wrapper.wrap(list.get(index)) : null;
    }

    @Override
    public int size() {
      return list.size();
    }
  }
}

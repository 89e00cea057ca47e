package dev.diagbundle.report.html;

import module java.base;

import freemarker.template.TemplateHashModel;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import org.jspecify.annotations.Nullable;

/// A record for templates: its components by name.
final class RecordHash implements TemplateHashModel {
  private static final ClassValue<Map<String, Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected Map<String, Method> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .collect(Collectors.toMap(RecordComponent::getName, RecordHash::accessor));
        }
      };

  private final PageWrapper wrapper;
  private final Record data;
  private final Map<String, Method> accessors;

  RecordHash(PageWrapper wrapper, Record data) {
    this.wrapper = wrapper;
    this.data = data;
    this.accessors = ACCESSORS.get(data.getClass());
  }

  /// The accessor of a component; records need not be public for templates.
  private static Method accessor(RecordComponent component) {
    var accessor = component.getAccessor();
    accessor.setAccessible(true);
    return accessor;
  }

  @Override
  public @Nullable TemplateModel get(String name) throws TemplateModelException {
    var accessor = accessors.get(name);
    if (accessor == null) {
      // A misspelled name must not read as "absent".
      throw new TemplateModelException(data.getClass().getSimpleName() + " has no " + name);
    }
    try {
      return wrapper.wrap(accessor.invoke(data));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new TemplateModelException("cannot read " + name + " of " + data.getClass(), e);
    }
  }

  @Override
  public boolean isEmpty() {
    return false;
  }
}

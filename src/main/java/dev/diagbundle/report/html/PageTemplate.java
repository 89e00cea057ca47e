package dev.diagbundle.report.html;

import module java.base;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;

/// The templates of the page, parsed once, and the policy that the page carries. Safe for use by
/// several threads.
///
/// FreeMarker is locked down: templates come from the class path only, output is escaped as HTML
/// unless a template itself wrote it, and no template can reach a class or a bean.
public final class PageTemplate {
  private static final String ROOT = "/templates";
  private static final List<String> STYLES = List.of("style.css", "style-media.css");
  private static final List<String> SCRIPTS = List.of("app.js");

  private final Template template;
  private final String styleHash;
  private final String scriptHash;

  public PageTemplate() {
    try {
      this.template = configuration().getTemplate("page.ftlh");
      this.styleHash = hash(STYLES);
      this.scriptHash = hash(SCRIPTS);
    } catch (IOException e) {
      throw new UncheckedIOException("a report template is missing or invalid", e);
    }
  }

  /// Renders the page; flushes the stream and leaves it open.
  public void render(Record page, OutputStream out) throws IOException {
    var writer = new CountingWriter(out);
    var root =
        new Root(page, styleHash, scriptHash, new ShownTextMethod(), new PageFullMethod(writer));
    try {
      template.process(root, writer);
    } catch (TemplateException e) {
      throw new IllegalStateException("a report template does not match its data", e);
    }
    writer.flush();
  }

  /// The variables and functions that every template sees.
  private record Root(
      Record page,
      String styleHash,
      String scriptHash,
      ShownTextMethod shown,
      PageFullMethod full) {}

  private static Configuration configuration() {
    selectNoLogger();
    var configuration = new Configuration(Configuration.VERSION_2_3_34);
    configuration.setTemplateLoader(new ClassTemplateLoader(PageTemplate.class, ROOT));
    configuration.setTemplateUpdateDelayMilliseconds(Long.MAX_VALUE);
    configuration.setLocalizedLookup(false);
    configuration.setDefaultEncoding("UTF-8");
    configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
    configuration.setAutoEscapingPolicy(Configuration.FORCE_AUTO_ESCAPING_POLICY);
    configuration.setAPIBuiltinEnabled(false);
    configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
    configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
    configuration.setLogTemplateExceptions(false);
    configuration.setWrapUncheckedExceptions(true);
    configuration.setNumberFormat("computer");
    configuration.setLocale(Locale.ROOT);
    configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
    configuration.setObjectWrapper(new PageWrapper());
    return configuration;
  }

  /// Disables the logging of FreeMarker, which would otherwise look for logging libraries and start
  /// the JDK's; all its errors are exceptions.
  @SuppressWarnings("deprecation") // the other way is a system property
  private static void selectNoLogger() {
    try {
      freemarker.log.Logger.selectLoggerLibrary(freemarker.log.Logger.LIBRARY_NONE);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("class loader without parent", e);
    }
  }

  private static String hash(List<String> resources) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (String resource : resources) {
        try (var in = PageTemplate.class.getResourceAsStream(ROOT + "/" + resource)) {
          if (in == null) {
            throw new java.io.FileNotFoundException(ROOT + "/" + resource);
          }
          digest.update(in.readAllBytes());
        }
      }
      return "sha256-" + Base64.getEncoder().encodeToString(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK provides SHA-256", e);
    }
  }
}

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Lifts classes of very old class file versions to one that the ahead-of-time cache takes: it
/// leaves out all that were compiled for Java 5 (picocli is), and whatever inherits from them, so
/// that they would be read, verified and linked anew at every start. Their code stays; what is
/// added are the stack maps by which newer versions are verified (JVM specification, section
/// 4.10.1).
final class ModernJar {
  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  private ModernJar() {}

  /// Rewrites the jar if it holds such classes.
  static void lift(Path jar) throws IOException {
    if (!isOld(jar)) {
      return;
    }
    Path lifted = jar.resolveSibling(jar.getFileName() + ".lifted");
    try (var in = new JarFile(jar.toFile());
        var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null);
        OutputStream file = Files.newOutputStream(lifted);
        var out = new JarOutputStream(file)) {
      var classes =
          ClassFile.of(
              StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
        byte[] bytes = in.getInputStream(entry).readAllBytes();
        var copy = new JarEntry(entry.getName());
        copy.setTime(entry.getTime());
        out.putNextEntry(copy);
        out.write(isOldClass(entry, bytes) ? lift(classes, bytes) : bytes);
        out.closeEntry();
      }
    }
    Files.move(lifted, jar, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] lift(ClassFile classes, byte[] bytes) {
    // Passing each instruction on has the code written anew, which is when its stack maps are made.
    CodeTransform anew = (code, instruction) -> code.with(instruction);
    ClassTransform lifted =
        (builder, element) -> {
          switch (element) {
            case ClassFileVersion _ -> builder.with(ClassFileVersion.of(JAVA_8, 0));
            case MethodModel method ->
                builder.transformMethod(method, MethodTransform.transformingCode(anew));
            default -> builder.with(element);
          }
        };
    return classes.transformClass(classes.parse(bytes), lifted);
  }

  private static boolean isOld(Path jar) throws IOException {
    try (var in = new JarFile(jar.toFile())) {
      for (JarEntry entry : (Iterable<JarEntry>) in.stream()::iterator) {
        if (entry.getName().endsWith(".class")
            && isOldClass(entry, in.getInputStream(entry).readNBytes(8))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOldClass(JarEntry entry, byte[] bytes) {
    return entry.getName().endsWith(".class")
        && bytes.length >= 8
        && ((bytes[6] & 0xff) << 8 | bytes[7] & 0xff) < JAVA_6;
  }
}

package dev.diagbundle.kubeconfig.access;

import module java.base;

import dev.diagbundle.kubeconfig.PemText;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Problem;

/// A file that a field of a kubeconfig names.
///
/// @param field such as `client-key`
/// @param owner such as `user 'u'`
record ReadableFile(String path, String field, String owner) {
  private static final int MAX_BYTES = 8 << 20;

  /// The content, each byte as one character.
  ///
  /// @throws DiagbundleException if it cannot be read
  String read() throws DiagbundleException {
    try (var in = Files.newInputStream(Path.of(path))) {
      var bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem("is larger than " + (MAX_BYTES >> 20) + " MiB");
      }
      return new String(bytes, StandardCharsets.ISO_8859_1);
    } catch (NoSuchFileException _) {
      throw problem("does not exist");
    } catch (AccessDeniedException _) {
      throw problem("cannot be read: permission denied");
    } catch (IOException | InvalidPathException e) {
      throw problem(
          Files.isDirectory(Path.of(path)) ? "is a folder" : "cannot be read: " + e.getMessage());
    }
  }

  PemText pem() throws DiagbundleException {
    return new PemText(read(), this.toString());
  }

  private DiagbundleException problem(String fact) {
    return new DiagbundleException(Problem.usage(this + " " + fact));
  }

  @Override
  public String toString() {
    return field + " '" + path + "' of " + owner;
  }
}

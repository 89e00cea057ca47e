package dev.diagbundle.bundle.archive;

import module java.base;

import com.exceptionfactory.jagged.RecipientStanzaReader;
import com.exceptionfactory.jagged.UnsupportedRecipientStanzaException;
import com.exceptionfactory.jagged.framework.armor.ArmoredDecryptingChannelFactory;
import com.exceptionfactory.jagged.framework.stream.StandardDecryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaReaderFactory;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The secret keys that decrypt bundles: files as `age-keygen` writes them, a key
/// `AGE-SECRET-KEY-1…` on a line, lines with `#` being comments.
public final class Identities {
  /// No key: encrypted bundles stay closed.
  public static final Identities NONE = new Identities(List.of());

  /// The size limit of a file of keys.
  private static final long MAX_FILE_BYTES = 1 << 20;

  private static final byte[] BINARY = "age-encryption.org/v1\n".getBytes(StandardCharsets.UTF_8);
  private static final byte[] ARMORED =
      "-----BEGIN AGE ENCRYPTED FILE-----".getBytes(StandardCharsets.UTF_8);

  /// The number of bytes that show whether a file is encrypted.
  static final int HEAD_BYTES = ARMORED.length;

  private final List<RecipientStanzaReader> readers;

  private Identities(List<RecipientStanzaReader> readers) {
    this.readers = readers;
  }

  /// The keys in these files.
  ///
  /// @throws DiagbundleException if a file cannot be read or holds something else
  public static Identities of(List<Path> files) throws DiagbundleException {
    var readers = new ArrayList<RecipientStanzaReader>();
    for (Path file : files) {
      readers.addAll(readers(file));
    }
    return new Identities(List.copyOf(readers));
  }

  /// Returns whether a file with this beginning is encrypted with age.
  public static boolean isEncrypted(byte[] head) {
    return begins(head, BINARY) || begins(head, ARMORED);
  }

  /// The decrypted content. Every piece is authenticated before it is returned, so damage is
  /// reported at its position, as an [IOException].
  ///
  /// @param head the first bytes of the stream, which are still in it
  /// @param name of the bundle, for messages
  /// @throws DiagbundleException if no key opens it
  public InputStream decrypt(InputStream encrypted, byte[] head, String name)
      throws IOException, DiagbundleException {
    if (readers.isEmpty()) {
      var problem = Problem.usage("cannot read '" + name + "': it is encrypted with age");
      throw new DiagbundleException(problem.withHint("--identity FILE names the secret key."));
    }
    var factory =
        begins(head, ARMORED)
            ? new ArmoredDecryptingChannelFactory()
            : new StandardDecryptingChannelFactory();
    try {
      return Channels.newInputStream(
          factory.newDecryptingChannel(Channels.newChannel(encrypted), readers));
    } catch (UnsupportedRecipientStanzaException e) {
      throw closed(name, "it is encrypted for other keys than those of --identity", e);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw closed(name, "its encryption is damaged", e);
    }
  }

  private static DiagbundleException closed(String name, String why, Exception cause) {
    return new DiagbundleException(Problem.failure("cannot read '" + name + "': " + why), cause);
  }

  private static List<RecipientStanzaReader> readers(Path file) throws DiagbundleException {
    var subject = "the identity file '" + Printable.line(file.toString()) + "' ";
    List<String> lines;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new DiagbundleException(Problem.usage(subject + "is larger than 1 MiB"));
      }
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new DiagbundleException(Problem.usage(subject + "cannot be read"), e);
    }
    var readers = new ArrayList<RecipientStanzaReader>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        readers.add(X25519RecipientStanzaReaderFactory.newRecipientStanzaReader(line));
      } catch (GeneralSecurityException | RuntimeException _) {
        // Neither the line nor the cause is shown: it may be a secret, only a broken one.
        var problem = Problem.usage(subject + "has no secret key of age in line " + (i + 1));
        throw new DiagbundleException(
            problem.withHint("A key begins with 'AGE-SECRET-KEY-1'; keys of SSH do not work."));
      }
    }
    if (readers.isEmpty()) {
      throw new DiagbundleException(Problem.usage(subject + "holds no key"));
    }
    return readers;
  }

  private static boolean begins(byte[] head, byte[] with) {
    return head.length >= with.length
        && java.util.Arrays.equals(head, 0, with.length, with, 0, with.length);
  }
}

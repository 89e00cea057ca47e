package dev.diagbundle.bundle.archive;

import module java.base;

import com.exceptionfactory.jagged.RecipientStanzaWriter;
import com.exceptionfactory.jagged.framework.stream.StandardEncryptingChannelFactory;
import com.exceptionfactory.jagged.x25519.X25519RecipientStanzaWriterFactory;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;

/// The recipients of an encrypted bundle: public keys of [age](https://age-encryption.org/v1), of
/// its X25519 kind.
public final class Recipients {
  /// Size of the pieces that the format encrypts and authenticates one by one.
  private static final int CHUNK = 64 << 10;

  private static final int TAG = 16;
  private static final int NONCE = 16;

  /// The format's name, a line for each recipient and its wrapped key, and the header's code.
  private static final int HEADER_BYTES = 22 + 48;

  private static final int RECIPIENT_BYTES = 98;

  private final List<RecipientStanzaWriter> writers;

  private Recipients(List<RecipientStanzaWriter> writers) {
    this.writers = writers;
  }

  /// The recipients with these public keys.
  ///
  /// @param keys such as `age1…`, at least one
  /// @throws DiagbundleException if one is no such key
  public static Recipients of(List<String> keys) throws DiagbundleException {
    var writers = new ArrayList<RecipientStanzaWriter>();
    for (String key : keys) {
      writers.add(writer(key));
    }
    return new Recipients(List.copyOf(writers));
  }

  /// The maximum plaintext size for an encrypted size.
  public long roomWithin(long maxBytes) {
    long left = maxBytes - HEADER_BYTES - (long) RECIPIENT_BYTES * writers.size() - NONCE;
    long chunks = Math.ceilDiv(left, (long) CHUNK + TAG);
    return Math.max(0, left - TAG * chunks);
  }

  /// Encrypts. Neither stream is closed.
  public void encrypt(InputStream plain, OutputStream encrypted) throws IOException {
    var buffered = new BufferedOutputStream(encrypted, CHUNK);
    // The channel writes the last chunk when it is closed, and closes what it writes to.
    try (var out =
        Channels.newOutputStream(
            new StandardEncryptingChannelFactory()
                .newEncryptingChannel(
                    Channels.newChannel(new UnclosedOutputStream(buffered)), writers))) {
      plain.transferTo(out);
    } catch (GeneralSecurityException e) {
      throw new IOException("encryption failed: " + e.getMessage(), e);
    }
    buffered.flush();
  }

  private static RecipientStanzaWriter writer(String key) throws DiagbundleException {
    try {
      return X25519RecipientStanzaWriterFactory.newRecipientStanzaWriter(key);
    } catch (GeneralSecurityException | RuntimeException e) {
      var problem =
          Problem.usage("'" + Printable.line(key, 80) + "' is no public key of age: " + why(key));
      throw new DiagbundleException(
          problem.withHint("age-keygen makes a pair; the public key begins with 'age1'."), e);
    }
  }

  private static String why(String key) {
    if (key.startsWith("ssh-")) {
      return "keys of SSH are not supported";
    }
    if (key.toUpperCase(java.util.Locale.ROOT).startsWith("AGE-SECRET-KEY-")) {
      return "that is a secret key; nobody else should see it";
    }
    return key.startsWith("age1") ? "its checksum is wrong, or its kind unknown" : "'age1' lacks";
  }
}

package dev.diagbundle.cluster.tls;

import module java.base;

import java.security.cert.X509Certificate;

/// The authorities that this machine trusts, found as Go does (`crypto/x509`: `root_unix.go`,
/// `root_linux.go`): the first readable file of a list, and all files of some folders;
/// `SSL_CERT_FILE` and `SSL_CERT_DIR` replace them. On macOS and Windows they are in the operating
/// system's store. The JDK's own authorities are used only if there are none: kubectl does not know
/// them.
final class MachineAuthorities {
  private static final List<String> FILES =
      List.of(
          "/etc/ssl/certs/ca-certificates.crt",
          "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem",
          "/etc/pki/tls/cacert.pem",
          "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
          "/etc/ssl/cert.pem");
  private static final List<String> FOLDERS = List.of("/etc/ssl/certs", "/etc/pki/tls/certs");
  private static final long MAX_BYTES = 16L << 20;

  private MachineAuthorities() {}

  /// The certificates; empty if the machine has none.
  ///
  /// @param system name of the operating system
  /// @param environment the process's environment variables
  static Set<X509Certificate> find(String system, Map<String, String> environment) {
    if (system.startsWith("Windows")) {
      return ofStores(List.of("Windows-ROOT"));
    }
    if (system.startsWith("Mac")) {
      return ofStores(List.of("KeychainStore-ROOT", "KeychainStore"));
    }
    var file = environment.getOrDefault("SSL_CERT_FILE", "");
    var folders = environment.getOrDefault("SSL_CERT_DIR", "");
    return ofFiles(
        file.isEmpty() ? FILES : List.of(file),
        folders.isEmpty() ? FOLDERS : List.of(folders.split(":", -1)));
  }

  private static Set<X509Certificate> ofFiles(List<String> files, List<String> folders) {
    // A folder has the same certificates again, one per file, and is quickly compared as text.
    var texts = new LinkedHashSet<String>();
    for (var file : files) {
      if (add(Path.of(file), texts)) {
        break;
      }
    }
    for (var folder : folders) {
      try (var entries = Files.list(Path.of(folder))) {
        entries.sorted().forEach(entry -> add(entry, texts));
      } catch (IOException | UncheckedIOException e) {
        // A folder that cannot be read contributes nothing, as in Go.
      }
    }
    return Certificates.readable(String.join("\n", texts));
  }

  /// Adds the blocks of a file, and returns whether it can be read.
  private static boolean add(Path file, Set<String> texts) {
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        return false;
      }
      var text = Files.readString(file, StandardCharsets.ISO_8859_1);
      for (var part : text.split("(?=-----BEGIN )", -1)) {
        texts.add(part.strip());
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Set<X509Certificate> ofStores(List<String> types) {
    var certificates = new LinkedHashSet<X509Certificate>();
    for (var type : types) {
      try {
        var store = KeyStore.getInstance(type);
        store.load(null, null);
        for (var alias : Collections.list(store.aliases())) {
          if (store.getCertificate(alias) instanceof X509Certificate certificate) {
            certificates.add(certificate);
          }
        }
      } catch (GeneralSecurityException | IOException e) {
        // Not a store of this system.
      }
    }
    return certificates;
  }
}

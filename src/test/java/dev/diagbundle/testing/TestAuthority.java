package dev.diagbundle.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate authority for tests, made with the JDK's keytool: it signs a server certificate
/// for the loopback address and a client certificate.
public final class TestAuthority {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private TestAuthority(Path folder) {
    this.folder = folder;
  }

  /// Makes an authority whose keys live in the folder.
  public static TestAuthority in(Path folder) throws IOException, InterruptedException {
    var authority = new TestAuthority(folder);
    authority.keytool(
        "-genkeypair",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-dname",
        "CN=test CA",
        "-ext",
        "bc:c=ca:true",
        "-keyalg",
        "EC");
    authority.issue("server", "CN=server", "san=ip:127.0.0.1,dns:localhost");
    authority.issue("client", "CN=tester,O=system:masters", "eku=clientAuth");
    return authority;
  }

  /// What a server needs to be itself and to know its clients.
  public SSLContext serverContext() throws IOException, GeneralSecurityException {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store("server"), PASSWORD.toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", store("ca").getCertificate("ca"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    var context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /// The authority's certificate as PEM, in base64, as kubeconfigs carry it.
  public String authorityData() throws IOException, GeneralSecurityException {
    return base64("CERTIFICATE", store("ca").getCertificate("ca").getEncoded());
  }

  /// The client's certificate, likewise.
  public String clientCertificateData() throws IOException, GeneralSecurityException {
    return base64("CERTIFICATE", store("client").getCertificate("client").getEncoded());
  }

  /// The client's key, likewise.
  public String clientKeyData() throws IOException, GeneralSecurityException {
    Key key = store("client").getKey("client", PASSWORD.toCharArray());
    return base64("PRIVATE KEY", key.getEncoded());
  }

  private void issue(String name, String subject, String extension)
      throws IOException, InterruptedException {
    keytool(
        "-genkeypair",
        "-alias",
        name,
        "-keystore",
        name + ".p12",
        "-dname",
        subject,
        "-keyalg",
        "EC");
    keytool("-certreq", "-alias", name, "-keystore", name + ".p12", "-file", name + ".csr");
    keytool(
        "-gencert",
        "-alias",
        "ca",
        "-keystore",
        "ca.p12",
        "-infile",
        name + ".csr",
        "-outfile",
        name + ".crt",
        "-ext",
        extension,
        "-rfc");
    keytool("-exportcert", "-alias", "ca", "-keystore", "ca.p12", "-file", "ca.crt", "-rfc");
    keytool(
        "-importcert", "-noprompt", "-alias", "ca", "-keystore", name + ".p12", "-file", "ca.crt");
    keytool("-importcert", "-alias", name, "-keystore", name + ".p12", "-file", name + ".crt");
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    var store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + output);
    }
  }

  private static String base64(String type, byte[] der) {
    var pem =
        "-----BEGIN "
            + type
            + "-----\n"
            + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
            + "\n-----END "
            + type
            + "-----\n";
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.US_ASCII));
  }
}

package dev.diagbundle.kubeconfig.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PluginAnswerTest {
  private static final String V1 = "client.authentication.k8s.io/v1";

  @Test
  void tokenAndExpiryAreRead() throws Exception {
    var answer =
        read(
            "{\"apiVersion\":\"V1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"t\","
                + "\"expirationTimestamp\":\"2026-12-01T01:00:00+01:00\",\"foo\":1}}");
    assertEquals(Optional.of("Bearer t"), answer.credential().authorization());
    assertEquals(Optional.of(Instant.parse("2026-12-01T00:00:00Z")), answer.expires());
  }

  @Test
  void answerMayBeYaml() throws Exception {
    var answer = read("apiVersion: V1\nstatus: {clientCertificateData: c, clientKeyData: k}\n");
    var certificate = answer.credential().certificate().orElseThrow();
    assertEquals("c", certificate.chain().text());
    assertEquals("k", certificate.key().text());
    assertEquals("clientKeyData of plugin", certificate.key().origin());
    assertEquals(Optional.empty(), answer.credential().authorization());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '|',
      value = {
        "||; printed no ExecCredential of V1",
        "{}; printed no ExecCredential of V1",
        "hello; printed something else than an ExecCredential",
        "{secret; printed something that is neither JSON nor YAML",
        "{\"apiVersion\":\"V1\",\"status\":{\"token\":\"x\"}} junk;"
            + " printed something that is neither JSON nor YAML",
        "{\"apiVersion\":\"V1beta1\"}; printed an answer of version 'V1beta1', configured is V1",
        "{\"apiVersion\":\"V1\",\"kind\":\"Other\"};"
            + " printed kind 'Other', expected ExecCredential",
        "{\"apiVersion\":\"V1\"}; printed an ExecCredential without a status",
        "{\"apiVersion\":\"V1\",\"status\":{}};"
            + " returned neither a token nor a certificate with its key",
        "{\"apiVersion\":\"V1\",\"status\":{\"token\":\"t\",\"clientKeyData\":\"k\"}};"
            + " returned only one of certificate and key",
        "{\"apiVersion\":\"V1\",\"status\":{\"token\":5}}; returned the field token not as text",
        "{\"apiVersion\":\"V1\",\"status\":{\"token\":\"a\\n\"}};"
            + " returned a token with a character that no HTTP header can hold",
        "{\"apiVersion\":\"V1\",\"status\":{\"token\":\"a\",\"expirationTimestamp\":\"bad\"}};"
            + " returned an expirationTimestamp that is not of RFC 3339"
      })
  void answersThatClientGoRejectsAreNamed(String output, String message) {
    var e = assertThrows(PluginAnswer.InvalidException.class, () -> read(output));
    assertEquals(message.replace("V1", V1), e.getMessage());
  }

  private static PluginAnswer read(String output) throws PluginAnswer.InvalidException {
    return PluginAnswer.of(output.replace("V1", V1).getBytes(StandardCharsets.UTF_8), V1, "plugin");
  }
}

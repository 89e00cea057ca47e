package dev.diagbundle.collect.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.redact.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DataUrlsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data:,hostname%3A%20a                        | data:,hostname: a",
        "data:text/plain;charset=utf-8,a%2Cb          | data:,a,b",
        "data:;base64,aGVsbG8=                        | data:,hello",
        "data:text/plain;charset=utf-8;base64,aGVsbG8%3D | data:,hello",
        "DATA:;BASE64,aGVsbG8                         | data:,hello",
        "data:100%                                    | data:100%",
        "data:,100%                                   | data:,100%",
        "data:;base64,AAEC                            | data:,(4 bytes, not collected)",
        "data:image/png;base64,iVBORw0KGgo=           | data:,(12 bytes, not collected)",
        "metadata: x                                  | metadata: x",
        "data: read, written                          | data: read, written",
        "see data:,a%20b here                         | see data:,(5 bytes, not collected) here",
        "see data:,plain here                         | see data:,plain here"
      })
  void contentIsReadable(String url, String readable) {
    assertEquals(readable, DataUrls.readable(url));
  }

  @Test
  void secretsOfMachineConfigAreRedacted() throws IOException {
    var files = JSON.createArrayNode();
    var pull = "{\"auths\":{\"registry.example\":{\"auth\":\"dXNlcjpwbGFudGVk\"}}}";
    files.addObject().put("source", "data:," + encoded(pull));
    files
        .addObject()
        .put("source", "data:," + encoded("users:\n- user:\n    token: planted-1a2b\n"));
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write("password=planted-3c4d\n".getBytes(StandardCharsets.UTF_8));
    }
    files
        .addObject()
        .put("source", "data:;base64," + Base64.getEncoder().encodeToString(packed.toByteArray()));
    ObjectNode object = JSON.createObjectNode();
    object.putObject("spec").putObject("storage").set("files", files);

    ObjectCleaner.clean(ResourceType.NODES, object);
    var text = Redaction.standard().text(object.toString());

    assertEquals(JSON.readTree(text).path("spec").path("storage").path("files").size(), 3);
    assertTrue(text.contains("registry.example"), text);
    assertTrue(!text.contains("planted") && !text.contains("dXNlcjpwbGFudGVk"), text);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}

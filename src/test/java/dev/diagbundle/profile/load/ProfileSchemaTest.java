package dev.diagbundle.profile.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.diagbundle.profile.ShippedProfilesTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileSchemaTest {
  private static final Path GOLDEN = Path.of("doc/profile.schema.json");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static Stream<Path> files() throws IOException {
    return ShippedProfilesTest.files();
  }

  @Test
  void theFileIsTheSchema() throws IOException {
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(GOLDEN, ProfileSchema.json());
    }
    assertEquals(Files.readString(GOLDEN), ProfileSchema.json());
  }

  @Test
  void theSchemaIsOne() throws IOException {
    var meta =
        JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertEquals(Set.of(), meta.validate(new ObjectMapper().readTree(ProfileSchema.json())));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyProfileFitsTheSchema(Path file) throws IOException {
    assertEquals(Set.of(), validate(Files.readString(file)));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyMergedProfileFitsTheSchema(Path file) throws Exception {
    var profile = ProfileCatalog.load(java.util.List.of(file.toString()));
    assertEquals(Set.of(), validate(ProfileText.yaml(profile)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "window: six hours",
        "window: ''",
        "colect: []",
        "collect: []",
        "collect: [{}]",
        "collect: [events]",
        "collect: [nodeLog: {services: [a]}]",
        "collect: [nodeLogs: ]",
        "collect: [nodeLogs: {services: [a.service]}]",
        "collect: [nodeLogs: {services: [a], boot: 1}]",
        "collect: [clusterDump: {exclude: [a]}]",
        "collect: [{events: {}, nodeDescribe: {}}]",
        "limits: {concurrency: 0}",
        "limits: {qps: 0}",
        "limits: {item: 0}",
        "limits: {item: lots}",
      })
  void whatIsPlainlyWrongDoesNotFitEither(String line) throws IOException {
    var head = "apiVersion: diagbundle.dev/v1\nkind: Profile\nname: x\nextends: support\n";
    assertEquals(Set.of(), validate(head));
    assertFalse(validate(head + line + "\n").isEmpty());
  }

  private static Set<ValidationMessage> validate(String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(ProfileSchema.json());
    return schema.validate(YAML.readTree(yaml));
  }
}

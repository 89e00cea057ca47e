package dev.diagbundle.cluster.nodefile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.diagbundle.cluster.TransferFixture;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Transfers of files that grow, shrink, rotate and break while they are read.
@Tag("fault")
final class FileTransferFaultTest {
  private final TransferFixture fixture;

  FileTransferFaultTest(@TempDir Path folder) throws IOException {
    fixture = new TransferFixture(folder);
  }

  @Test
  void growingFileIsCutAtTheSizeThatWasSeen() throws Exception {
    var outcome =
        fixture.transfer((_, _) -> {
          Files.write(
              fixture.log("x.log"), TransferFixture.bytes(7, 3_000), StandardOpenOption.APPEND);
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
  }

  @Test
  void resetInTheMiddleIsResumed() throws Exception {
    var outcome =
        fixture.transfer((number, request) ->
            number == 2 || number == 3
                ? Optional.of(exchange -> {
                  fixture.part(exchange, request, 20_000);
                  exchange.reset();
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
    assertTrue(fixture.asked.size() > 4, fixture.asked.toString());
  }

  @Test
  void answerThatEndsEarlyIsResumed() throws Exception {
    var outcome =
        fixture.transfer((number, request) ->
            number == 1
                ? Optional.of(exchange -> {
                  try (var body = TransferFixture.chunked(exchange, request)) {
                    body.write(fixture.content, 0, 10);
                  }
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
    assertEquals("bytes=0-50009", fixture.asked.get(1));
  }

  @Test
  void silenceInTheMiddleIsResumed() throws Exception {
    var outcome =
        fixture.transfer((number, request) ->
            number == 2
                ? Optional.of(exchange -> {
                  fixture.part(exchange, request, 1_000);
                  Thread.sleep(30_000);
                })
                : Optional.empty());
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
  }

  @Test
  void resetsWithoutProgressAreNotFollowedForEver() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            fixture.transfer((number, request) ->
                number > 1
                    ? Optional.of(exchange -> {
                      fixture.part(exchange, request, 10);
                      exchange.reset();
                    })
                    : Optional.empty()));
    assertArrayEquals(Arrays.copyOf(fixture.content, 50_000), fixture.out.toByteArray());
    assertEquals(4, fixture.asked.size());
  }

  @Test
  void manyResetsWithLittleProgressComeToAnEnd() throws Exception {
    assertThrows(
        IOException.class,
        () ->
            fixture.transfer((_, request) ->
                Optional.of(exchange -> {
                  fixture.part(exchange, request, 65);
                  exchange.reset();
                })));
    assertTrue(fixture.asked.size() < 70, fixture.asked.size() + " requests");
    assertArrayEquals(
        Arrays.copyOf(fixture.content, fixture.out.size()), fixture.out.toByteArray());
  }

  @Test
  void rotatedFileIsFoundUnderItsNewName() throws Exception {
    fixture.log("x.log.1", TransferFixture.bytes(3, 10_000));
    var outcome =
        fixture.transfer((number, _) -> {
          if (number == 3) {
            fixture.log("x.log.1", fixture.content);
            fixture.log("x.log", TransferFixture.bytes(4, 500));
          }
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
  }

  @Test
  void rotatedFileIsFoundByItsStampThoughTheNewOneIsLarger() throws Exception {
    fixture.log("x.log.20251231-235900", TransferFixture.bytes(3, 300_000));
    fixture.log("x.log.20260101-100000", TransferFixture.bytes(5, 10));
    fixture.log("x.log.20250101-000000.gz", TransferFixture.bytes(6, 300_000));
    var outcome =
        fixture.transfer((number, _) -> {
          if (number == 2) {
            fixture.log("x.log.20260101-100000", fixture.content);
            fixture.log("x.log", TransferFixture.bytes(4, 300_000));
          }
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fixture.content, fixture.out.toByteArray());
  }

  @Test
  void rotatedFileThatIsGoneIsPartial() throws Exception {
    fixture.log("x.log.1", TransferFixture.bytes(3, 300_000));
    var outcome =
        fixture.transfer((number, _) -> {
          if (number == 3) {
            fixture.log("x.log", TransferFixture.bytes(4, 500));
          }
          return Optional.empty();
        });
    assertEquals(
        new Outcome.Partial(
            Reason.TRUNCATED,
            "the file was rotated or truncated while it was read, after 100000 of its 200000 bytes"),
        outcome);
    assertArrayEquals(Arrays.copyOf(fixture.content, 100_000), fixture.out.toByteArray());
  }

  @Test
  void fileThatBecameShorterBeforeTheFirstByteIsReadAsItIs() throws Exception {
    var fresh = TransferFixture.bytes(9, 60_000);
    var outcome =
        fixture.transfer((number, _) -> {
          if (number == 1) {
            fixture.log("x.log", fresh);
          }
          return Optional.empty();
        });
    assertEquals(new Outcome.Collected(), outcome);
    assertArrayEquals(fresh, fixture.out.toByteArray());
  }
}

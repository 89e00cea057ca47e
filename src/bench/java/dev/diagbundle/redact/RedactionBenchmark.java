package dev.diagbundle.redact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What redaction costs beside hashing and compressing, which every entry needs anyway; and that
/// hostile text costs no more a byte when there is more of it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class RedactionBenchmark {
  private static final int MEGABYTE = 1 << 20;
  private static final int PART = 16 << 10;

  /// What is written: logs of the demonstration cluster, or what somebody wrote to hurt.
  @Param({"logs", "letters", "quotes", "base64", "passwords"})
  public String text = "logs";

  /// How much of it.
  @Param({"1", "8"})
  public int megabytes = 1;

  private final Redaction redaction = Redaction.standard();
  private byte[] bytes = {};

  /// Makes the text.
  @Setup
  public void prepare() throws IOException {
    byte[] pattern =
        switch (text) {
          case "logs" -> logs();
          case "letters" -> "a".getBytes();
          case "quotes" -> "\\\"{'\"[\\\\\"".getBytes();
          case "base64" -> "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo".getBytes();
          case "passwords" -> "password=".getBytes();
          default -> throw new IllegalArgumentException(text);
        };
    bytes = new byte[megabytes * MEGABYTE];
    for (int at = 0; at < bytes.length; at += pattern.length) {
      System.arraycopy(pattern, 0, bytes, at, Math.min(pattern.length, bytes.length - at));
    }
  }

  /// Redacts, hashes and compresses, as an entry of a bundle is written.
  @Benchmark
  public int redacted() throws IOException, GeneralSecurityException {
    var packed = new ByteArrayOutputStream();
    try (var entry = entry(packed)) {
      var redacting = redaction.over(entry);
      write(redacting);
      redacting.finish();
    }
    return packed.size();
  }

  /// Hashes and compresses only.
  @Benchmark
  public int plain() throws IOException, GeneralSecurityException {
    var packed = new ByteArrayOutputStream();
    try (var entry = entry(packed)) {
      write(entry);
    }
    return packed.size();
  }

  /// Redacts only.
  @Benchmark
  public long only() throws IOException {
    var redacting = redaction.over(OutputStream.nullOutputStream());
    write(redacting);
    redacting.finish();
    return redacting.counts().size();
  }

  private void write(OutputStream out) throws IOException {
    for (int at = 0; at < bytes.length; at += PART) {
      out.write(bytes, at, Math.min(PART, bytes.length - at));
    }
  }

  private static OutputStream entry(OutputStream out) throws IOException, GeneralSecurityException {
    return new DigestOutputStream(new GZIPOutputStream(out), MessageDigest.getInstance("SHA-256"));
  }

  private static byte[] logs() throws IOException {
    var all = new ByteArrayOutputStream();
    try (var files = Files.walk(Path.of("examples/demo-cluster/nodes"))) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.toString().endsWith(".log") || file.toString().endsWith(".journal")) {
          all.write(
              Arrays.copyOf(Files.readAllBytes(file), (int) Math.min(Files.size(file), MEGABYTE)));
        }
      }
    }
    return all.toByteArray();
  }
}

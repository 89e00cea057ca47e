package dev.diagbundle.analyze.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Levels that lines state, and what stands before their messages.
final class LineLevelTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          ERROR    | E1121 02:31:21.904413    4212 pod.go:12] "Error syncing pod"
          ERROR    | F1121 02:31:21.904413    4212 main.go:12] no config
          LOWER    | W1121 02:31:21.904413    4212 pod.go:12] failed, will retry
          LOWER    | I1121 02:31:21.904413    4212 event.go:12] type="Warning" reason="Failed"
          ERROR    | time="2026-11-21T02:31:21Z" level=error msg="it failed"
          LOWER    | time="2026-11-21T02:31:21Z" level=info msg="error=nil"
          ERROR    | {"level":"error","ts":1,"msg":"x"}
          LOWER    | {"ts":1,"level": "warn","msg":"an error"}
          ERROR    | {"severity":"CRITICAL","message":"x"}
          LOWER    | {"level":"info","message":"level=error"}
          ERROR    | [ERROR] plugin/errors: 2 SERVFAIL
          LOWER    | [INFO] plugin/reload: failed to read
          ERROR    | [error] 31#31: *1 connect() failed
          LOWER    | [INFO][45] felix/int_dataplane.go 1: an error
          ERROR    | java ERROR com.example.Main - failed
          LOWER    | main DEBUG failed to find optional file
          LOWER    | 11/21/2026 2:31:07 AM         1001 Information      Fault bucket, failed
          ERROR    | 11/21/2026 2:31:07 AM           20 Error            The system failed
          UNSTATED | panic: runtime error: index out of range
          UNSTATED | Error: cannot open the file
          UNSTATED | INFORMATION_SCHEMA failed
          """)
  void levelIsRead(String level, String text) {
    assertEquals(LineLevel.valueOf(level), LineLevel.of(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stdout F it failed                                                 | it failed
          stderr it failed                                                   | it failed
          rig-1 kubelet[812]: E1121 02:31:21.904413     812 pod.go:12] bad   | pod.go:12] bad
          rig-1 kernel: Out of memory                                        | Out of memory
          time="2026-11-21T02:31:21Z" level=error msg=x                      | level=error msg=x
          error: it failed: no                                               | error: it failed: no
          it failed because: no                                              | it failed because: no
          """)
  void headIsLeftOut(String line, String message) {
    assertEquals(message, line.substring(LinePrefix.message(line)));
  }
}

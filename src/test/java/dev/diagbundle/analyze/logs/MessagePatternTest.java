package dev.diagbundle.analyze.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What lines of one kind have in common.
final class MessagePatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          took 12 ms, then 1.5s, 99% | took # ms, then #s, #%
          v1.36.2 refused            | v# refused
          dial tcp 10.200.0.13:10250: refused | dial tcp <address>: refused
          route 10.244.1.0/24 is gone         | route <address> is gone
          peer fd00:10:244::5 is gone         | peer <address> is gone
          on [::1]:53 and [fe80::1%eth0]      | on [<address>]:# and [<address>%eth#]
          card 02:42:ac:11:00:02 is down      | card <address> is down
          at 02:31:21.904 and 2026-11-21T02:31:21.904413Z, 2026/11/21 02:31:21 | at <time> and <time>, <time>
          podUID=d3b07384-d113-4956-a5cc-9b2f1c3a4e5f gone | podUID=* gone
          container 034a1f377949e6dc7af279bcd343 ended     | container * ended
          pod="shop/web-7d9f8b6c5-x2x4z" failed            | pod="shop/web-*" failed
          pod="kube-system/kube-proxy-x8qwz" failed        | pod="kube-system/kube-proxy-*" failed
          pod="shop/db-0" failed                           | pod="shop/db-#" failed
          error code 0x80070005 at 0xc000123450            | error code 0x80070005 at *
          deface the facade, add a bad cafe                | deface the facade, add a bad cafe
          2026-11-21 02:31:21.904 [ERROR][45] it failed    | [ERROR][#] it failed
          read udp 10.244.1.2:53311->10.96.0.10:53: i/o    | read udp <address>-><address>: i/o
          reading: EOF                                     | reading: EOF
          Foo::bar and a::b                                | Foo::bar and a::b
          """)
  void masksWhatDiffersFromLineToLine(String line, String shape) {
    assertEquals(shape, MessagePattern.of(line));
  }

  @Test
  void longLinesAreCutAndShapedTwiceTheyStayAsTheyAre() {
    var shape = MessagePattern.of("x failed: " + "10.0.0.1 4711 ".repeat(10_000));

    assertTrue(shape.length() <= MessagePattern.MAX_LENGTH, shape);
    var once = MessagePattern.of("id 034a1f377949e6dc from 10.0.0.1:9 at 02:31:21");
    assertEquals(once, MessagePattern.of(once));
  }
}

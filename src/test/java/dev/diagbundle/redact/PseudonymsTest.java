package dev.diagbundle.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Other names: the same for the same, of the same form, and only for what names somebody.
final class PseudonymsTest {
  private static final Pattern IPV4 = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");
  private static final Pseudonyms PSEUDONYMS = new Pseudonyms(new byte[] {1, 2, 3});
  private static final Redaction ADDRESSES =
      Redaction.none().changed(List.of(), PSEUDONYMS.addresses());

  @Test
  void sameAddressIsAlwaysTheSameOther() {
    var out = ADDRESSES.text("from 198.51.100.7:443 to 198.51.100.7, not 198.51.100.8");
    var found = IPV4.matcher(out).results().map(r -> r.group()).toList();
    assertEquals(found.get(0), found.get(1));
    assertNotEquals(found.get(0), found.get(2));
    assertFalse(out.contains("198.51.100."), out);
    assertTrue(out.matches("from [0-9.]+:443 to [0-9.]+, not [0-9.]+"), out);
  }

  @Test
  void anotherRunHasOtherPseudonyms() {
    var one = Redaction.none().changed(List.of(), Pseudonyms.random().addresses());
    var two = Redaction.none().changed(List.of(), Pseudonyms.random().addresses());
    assertNotEquals(one.text("198.51.100.7"), two.text("198.51.100.7"));
  }

  @Test
  void privateAddressesStayPrivateAndNetworksStayNetworks() {
    var random = new Random(5);
    for (int i = 0; i < 2_000; i++) {
      var ten = "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
      assertTrue(ADDRESSES.text(ten).startsWith("10."), ten);
      var other = ADDRESSES.text("192.168.7." + random.nextInt(256));
      assertEquals(prefix(ADDRESSES.text("192.168.7.1")), prefix(other));
    }
    assertTrue(ADDRESSES.text("10.244.0.0/16").matches("10[.][0-9]+[.]0[.]0/16"));
    assertTrue(ADDRESSES.text("172.20.1.2").matches("172[.](1[6-9]|2[0-9]|3[01])[.].*"));
  }

  @Test
  void publicAddressesStayPublicAndDifferent() throws Exception {
    var random = new Random(6);
    var seen = new java.util.HashSet<String>();
    var asked = new java.util.HashSet<String>();
    for (int i = 0; i < 3_000; i++) {
      var address =
          InetAddress.getByAddress(
              new byte[] {
                (byte) (11 + random.nextInt(80)),
                (byte) random.nextInt(256),
                (byte) random.nextInt(256),
                (byte) random.nextInt(256)
              });
      var text = address.getHostAddress();
      var other = InetAddress.getByName(ADDRESSES.text(text));
      assertFalse(
          other.isSiteLocalAddress() || other.isLoopbackAddress() || other.isMulticastAddress(),
          () -> text + " became " + other);
      if (asked.add(text)) {
        assertTrue(seen.add(other.getHostAddress()), () -> "twice " + other);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1:10248",
        "0.0.0.0:0",
        "255.255.255.0",
        "169.254.169.254",
        "224.0.0.1",
        "v1.2.3.4",
        "version 1.2.3.4",
        "\"version\":\"1.2.3.4\"",
        "release-1.2.3.4",
        "nginx/1.2.3.4-alpine",
        "1.2.3.4.5",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3",
        "12:34:56.789",
        "std::string",
        "a::b::c()",
        "aa:bb:cc:dd:ee:ff",
        "::1",
        "::",
        "ff02::1",
        "2026-11-21T03:15:04Z",
        "1.3.6.1.4.1.311"
      })
  void whatNamesNobodyStays(String text) {
    assertEquals(text, ADDRESSES.text(text));
    assertEquals("(" + text + ")\n", ADDRESSES.text("(" + text + ")\n"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"2001:db8::7", "2001:db8:0:1:2:3:4:5", "fd00:10:244::5", "[2001:db8::7]:443"})
  void addressesOfVersion6BecomeOthersOfTheirKind(String text) throws Exception {
    var other = ADDRESSES.text(text);
    assertNotEquals(text, other);
    var bare = other.startsWith("[") ? other.substring(1, other.indexOf(']')) : other;
    assertEquals(16, InetAddress.ofLiteral(bare).getAddress().length);
    assertEquals(text.startsWith("fd"), bare.startsWith("fd"), bare);
  }

  @Test
  void linkLocalAddressKeepsItsNetwork() {
    assertTrue(ADDRESSES.text("fe80::a00:27ff:fe4e:66a1").startsWith("fe80:0:0:0:"));
  }

  @Test
  void addressWithinOneOfVersion6BecomesWhatItBecomesAlone() {
    var alone = ADDRESSES.text("10.0.0.1");
    assertEquals("[::ffff:" + alone + "]:443", ADDRESSES.text("[::ffff:10.0.0.1]:443"));
    assertEquals("::ffff:" + alone, ADDRESSES.text("::ffff:a00:1"));
    assertEquals("64:ff9b::" + alone, ADDRESSES.text("64:ff9b::10.0.0.1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rebuilding 198.51.100.7", "build on 198.51.100.7", "DHCPRELEASE 198.51.100.7"})
  void wordThatOnlyStandsNearMakesNoVersion(String text) {
    assertFalse(ADDRESSES.text(text).contains("198.51.100.7"));
  }

  @Test
  void addressesAreFoundWhereverThePartsAreCut() throws Exception {
    var line = "kubelet[1]: dial tcp 198.51.100.77:6443 and [2001:db8::42]:10250 refused\n";
    var expected = ADDRESSES.text(line.repeat(30));
    for (int part : new int[] {1, 2, 3, 5, 7, 64}) {
      var bytes = new java.io.ByteArrayOutputStream();
      var out = ADDRESSES.over(bytes);
      var all = line.repeat(30).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      for (int i = 0; i < all.length; i += part) {
        out.write(all, i, Math.min(part, all.length - i));
      }
      out.finish();
      assertEquals(expected, bytes.toString(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @Test
  void namesAreReplacedAsWordsAndTheLongerNameWins() {
    var names =
        Redaction.none()
            .changed(
                List.of(),
                PSEUDONYMS.names("nodes", "node", List.of("rig-1", "rig-10", "rig-1.example.com")));
    var one = PSEUDONYMS.of("node", "rig-1");
    var ten = PSEUDONYMS.of("node", "rig-10");
    assertEquals(
        "node " + one + ", RIG: " + ten + " kube-proxy-" + one + " (brig-1) rig-11",
        names.text("node rig-1, RIG: rig-10 kube-proxy-rig-1 (brig-1) rig-11"));
    assertTrue(one.matches("node-[a-z2-9]{8}"), one);
    assertEquals(one + "|", names.text("Rig-1|"));
  }

  private static String prefix(String address) {
    return address.substring(0, address.lastIndexOf('.'));
  }
}

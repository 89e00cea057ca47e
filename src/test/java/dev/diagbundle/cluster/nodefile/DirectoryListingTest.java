package dev.diagbundle.cluster.nodefile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DirectoryListingTest {
  private final List<String> names = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<pre>\n",
        "<!doctype html>\n<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n"
      })
  void bothFormsAreListings(String head) throws Exception {
    var page = head + "<a href=\"a.log\">a.log</a>\n<a href=\"b/\">b/</a>\n</pre>\n";
    assertTrue(beginsAsListing(page));
    assertEquals(new DirectoryListing(2, 0, Optional.empty()), read(page));
    assertEquals(List.of("a.log", "b/"), names);
  }

  @Test
  void pageOfSomebodysOwnIsNoListing() throws Exception {
    assertFalse(beginsAsListing("<!doctype html>\n<html><body><a href=\"a.log\">a</a><pre></pre>"));
  }

  @ParameterizedTest
  @CsvSource({
    "sp%20ace&amp;%3C.log, sp ace&<.log, sp ace&<.log",
    "./a:b.log, a:b.log, a:b.log",
    "it&#39;s&#x2e;log, it's.log, it's.log",
    "&quot;q&quot;&apos;&lt;&gt;.log, \"q\"'<>.log, \"q\"'<>.log",
    "50%25.log, 50%.log, 50%25.log",
    "a+b.log, a+b.log, a+b.log",
    "a%5Cb.log, a\\b.log, a\\b.log",
    "what%3Fquery=x%23y.log, what?query=x#y.log, what?query=x#y.log",
    "%E2%82%AC.log, €.log, €.log",
    "&#8364;.log, €.log, €.log",
    "...log, ...log, ...log",
    "bad%zz.log, bad%zz.log, bad%25zz.log"
  })
  void nameIsReadThroughItsEscapes(String href, String text, String shown) throws Exception {
    read("<pre>\n<a href=\"" + href + "\">x</a>\n</pre>\n");
    var path = new LogPath(names.getFirst());
    assertEquals(text, path.text());
    assertEquals(shown, path.shown());
  }

  @Test
  void nameThatIsNoUtf8KeepsItsBytes() throws Exception {
    read("<pre>\n<a href=\"%ff%fe.log\">x</a>\n<a href=\"%25FF%25FE.log\">y</a>\n</pre>\n");
    assertEquals(List.of("%FF%FE.log", "%25FF%25FE.log"), names);
    var odd = new LogPath(names.getFirst());
    assertEquals("\udcff\udcfe.log", odd.text());
    assertEquals("%FF%FE.log", odd.shown());
    assertEquals("%25FF%25FE.log", new LogPath(names.getLast()).shown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../",
        "./..",
        "%2e%2e",
        "%2E./",
        "/etc/passwd",
        "../x",
        "a/b",
        "a%2Fb",
        "a%00b",
        "&#47;etc"
      })
  void linkThatIsNoNameIsCounted(String href) throws Exception {
    var listing = read("<pre>\n<a href=\"" + href + "\">x</a>\n<a href=\"ok\">ok</a>\n</pre>\n");
    assertEquals(new DirectoryListing(1, 1, Optional.empty()), listing);
    assertEquals(List.of("ok"), names);
  }

  @Test
  void linkLongerThanAnyNameIsCounted() throws Exception {
    var page =
        "<pre>\n<a href=\"" + "x".repeat(100_000) + "\">x</a>\n<a href=\"ok\">ok</a>\n</pre>";
    assertEquals(new DirectoryListing(1, 1, Optional.empty()), read(page));
  }

  @Test
  void listWithoutItsEndIsNotWhole() throws Exception {
    assertEquals(
        new DirectoryListing(1, 0, Optional.of("its list of names is incomplete")),
        read("<pre>\n<a href=\"a\">a</a>\n"));
  }

  @Test
  void listOfTooManyNamesIsReadAsItComesAndSaysSo() throws Exception {
    var endless = new EndlessListing();
    var listing = DirectoryListing.read(new BufferedInputStream(endless), name -> {});
    assertEquals(DirectoryListing.MAX_NAMES, listing.names());
    assertEquals(Optional.of("only the first 200000 names were read"), listing.missing());
  }

  private DirectoryListing read(String page) throws IOException {
    return DirectoryListing.read(stream(page), names::add);
  }

  private static boolean beginsAsListing(String page) throws IOException {
    return DirectoryListing.beginsIn(new BufferedInputStream(stream(page)));
  }

  private static InputStream stream(String page) {
    return new ByteArrayInputStream(page.getBytes(StandardCharsets.UTF_8));
  }

  /// A folder that never runs out of names.
  private static final class EndlessListing extends InputStream {
    private long number;
    private InputStream line = InputStream.nullInputStream();

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = line.read(buffer, offset, length);
      if (count >= 0) {
        return count;
      }
      line = stream("<a href=\"f%d\">f</a>\n".formatted(number++));
      return line.read(buffer, offset, length);
    }
  }
}

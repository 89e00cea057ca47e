package dev.diagbundle.describe.kubectl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class TabbedTextTest {
  @Test
  void aColumnIsAsWideAsItsWidestCellAndTwo() throws IOException {
    assertEquals("a    b\nccc  d\n", tabbed("a\tb\nccc\td\n"));
  }

  @Test
  void aLineWithoutTabsEndsAllColumns() throws IOException {
    assertEquals("long cell  x\ntitle\na  b\n", tabbed("long cell\tx\ntitle\na\tb\n"));
  }

  @Test
  void aColumnEndsWhereALineHasNoCellForIt() throws IOException {
    assertEquals("a  wide cell  x\nb  y\nc  z  w\n", tabbed("a\twide cell\tx\nb\ty\nc\tz\tw\n"));
  }

  @Test
  void theLastCellOfALineWidensNothing() throws IOException {
    assertEquals("a  very long last cell\nb  c\n", tabbed("a\tvery long last cell\nb\tc\n"));
  }

  @Test
  void anEmptyCellMakesAColumnOfTwoBlanks() throws IOException {
    assertEquals("a    b\n", tabbed("a\t\tb\n"));
  }

  @Test
  void blanksAtTheEndOfALastCellStay() throws IOException {
    assertEquals("Ready  True \n", tabbed("Ready\tTrue \n"));
  }

  @Test
  void widthsCountCodePoints() throws IOException {
    assertEquals("ü😀  x\nabc  y\n".replace("ü😀  ", "ü😀   "), tabbed("ü😀\tx\nabc\ty\n"));
  }

  @Test
  void linesAreIndentedByTwoBlanksPerLevel() throws IOException {
    var out = new StringBuilder();
    var text = new TabbedText(out);
    text.line(0, "A:");
    text.line(1, "B:", "c");
    text.line(2, "Long:", "d");
    text.finish();
    assertEquals("A:\n  B:       c\n    Long:  d\n", out.toString());
  }

  @Test
  void aTableMayHaveANarrowestWidthAndMorePadding() throws IOException {
    var out = new StringBuilder();
    var text = new TabbedText(out, 6, 3);
    text.text("a\tlonger\tb\n");
    text.finish();
    assertEquals("a     longer   b\n", out.toString());
  }

  @Test
  void aFormFeedEndsLineAndColumns() throws IOException {
    assertEquals("long cell  x\na  b\n", tabbed("long cell\tx\fa\tb\n"));
  }

  @Test
  void aVerticalTabEndsACell() throws IOException {
    assertEquals("a  b\n", tabbed("a\u000bb\n"));
  }

  @Test
  void controlCharactersAreSpelledOut() throws IOException {
    assertEquals(
        "^[[31mred\\r ^G ^@ ^? \\u009b2J \ufffd\n",
        tabbed("\u001b[31mred\r \u0007 \u0000 \u007f \u009b2J \ud800\n"));
  }

  @Test
  void aTextWithoutLineEndGetsOne() throws IOException {
    assertEquals("a  b\n", tabbed("a\tb"));
  }

  @Test
  void oneHugeCellDoesNotWidenItsColumn() throws IOException {
    var huge = "x".repeat(1_000_000);
    var text = tabbed((huge + "\ta\n") + "b\tc\n".repeat(1_000));
    assertTrue(text.length() < 1_100_000, () -> "length is " + text.length());
    assertTrue(text.endsWith("b  c\n"), "other lines are as narrow as they can be");
  }

  @Test
  void manyCellsInALineCostNoStack() throws IOException {
    assertEquals("a  ".repeat(200_000) + "\n", tabbed("a\t".repeat(200_000) + "\n"));
  }

  private static String tabbed(String text) throws IOException {
    var out = new StringBuilder();
    var tabbed = new TabbedText(out);
    tabbed.text(text);
    tabbed.finish();
    return out.toString();
  }
}

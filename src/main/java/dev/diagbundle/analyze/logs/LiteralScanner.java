package dev.diagbundle.analyze.logs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// Literals looked for in bytes, all at once, in one step a byte however many they are (Aho and
/// Corasick, "Efficient string matching", 1975). Letters of ASCII match in either case.
final class LiteralScanner {
  private static final int[] NONE = {};

  private final int[] classes = new int[256];
  private final int width;
  private int[] next;
  private int[][] found;
  private int states = 1;

  /// @param groups the literals of each number that [#found] may give
  LiteralScanner(List<List<String>> groups) {
    int used = 1;
    var bytes = new ArrayList<List<byte[]>>();
    for (var group : groups) {
      var each = group.stream().map(LiteralScanner::folded).toList();
      bytes.add(each);
      for (byte[] literal : each) {
        for (byte b : literal) {
          if (classes[b & 0xff] == 0) {
            classes[b & 0xff] = used++;
          }
        }
      }
    }
    for (int upper = 'A'; upper <= 'Z'; upper++) {
      classes[upper] = classes[upper + 'a' - 'A'];
    }
    width = used;
    next = new int[64 * width];
    found = new int[64][];
    for (int group = 0; group < bytes.size(); group++) {
      for (byte[] literal : bytes.get(group)) {
        add(literal, group);
      }
    }
    link();
  }

  /// The state after a byte; 0 is the first.
  int step(int state, byte b) {
    return next[state * width + classes[b & 0xff]];
  }

  /// Adds to the set the groups that have a literal which ends in the state.
  void found(int state, BitSet groups) {
    for (int group : found[state]) {
      groups.set(group);
    }
  }

  private void add(byte[] literal, int group) {
    int state = 0;
    for (byte b : literal) {
      int at = state * width + classes[b & 0xff];
      if (next[at] == 0) {
        if ((states + 1) * width > next.length) {
          next = Arrays.copyOf(next, next.length * 2);
          found = Arrays.copyOf(found, found.length * 2);
        }
        next[at] = states++;
      }
      state = next[at];
    }
    found[state] = with(found[state], group);
  }

  /// Makes of the tree of literals an automaton: what a state lacks it takes from the longest
  /// ending of it that is a beginning too.
  private void link() {
    var fallback = new int[states];
    var queue = new ArrayDeque<Integer>();
    for (int c = 0; c < width; c++) {
      if (next[c] != 0) {
        queue.add(next[c]);
      }
    }
    while (!queue.isEmpty()) {
      int state = queue.remove();
      var inherited = found[fallback[state]];
      for (int group : inherited == null ? NONE : inherited) {
        found[state] = with(found[state], group);
      }
      for (int c = 0; c < width; c++) {
        int at = state * width + c;
        int other = next[fallback[state] * width + c];
        if (next[at] == 0) {
          next[at] = other;
        } else {
          fallback[next[at]] = other;
          queue.add(next[at]);
        }
      }
    }
    for (int i = 0; i < found.length; i++) {
      found[i] = found[i] == null ? NONE : found[i];
    }
  }

  private static int[] with(int[] groups, int group) {
    if (groups == null) {
      return new int[] {group};
    }
    if (Arrays.stream(groups).anyMatch(each -> each == group)) {
      return groups;
    }
    var more = Arrays.copyOf(groups, groups.length + 1);
    more[groups.length] = group;
    return more;
  }

  private static byte[] folded(String literal) {
    var bytes = literal.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 'A' && bytes[i] <= 'Z') {
        bytes[i] = (byte) (bytes[i] + 'a' - 'A');
      }
    }
    return bytes;
  }
}

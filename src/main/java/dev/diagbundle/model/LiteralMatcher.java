package dev.diagbundle.model;

import module java.base;

/// A case-insensitive search for all literals of all rules in one pass: the automaton of Aho and
/// Corasick ("Efficient string matching", CACM 18(6), 1975) with every transition precomputed. One
/// step for each byte, whatever the text. Immutable.
public final class LiteralMatcher {
  /// The state before the first byte.
  public static final int START = 0;

  /// Marks a transition after which a literal ends.
  private static final int HIT = 1 << 31;

  private final int[] classes = new int[256];
  private final int width;
  private final int[] next;
  private final int[] depths;
  private final List<List<Hit>> hits;

  /// A literal that ends here.
  ///
  /// @param length of the literal in bytes
  /// @param group index of the group that has it
  public record Hit(int length, int group) {}

  /// @param groups the literals of each group
  public LiteralMatcher(List<List<String>> groups) {
    var literals = groups.stream().map(LiteralMatcher::folded).toList();
    width = classify(literals);
    var tree = new ArrayList<int[]>();
    var found = new ArrayList<List<Hit>>();
    var depth = new ArrayList<Integer>();
    node(tree, found, depth, 0);
    for (int group = 0; group < literals.size(); group++) {
      for (byte[] bytes : literals.get(group)) {
        int at = 0;
        for (byte b : bytes) {
          int way = classes[b & 0xff];
          if (tree.get(at)[way] < 0) {
            tree.get(at)[way] = node(tree, found, depth, depth.get(at) + 1);
          }
          at = tree.get(at)[way];
        }
        found.get(at).add(new Hit(bytes.length, group));
      }
    }
    connect(tree, found);
    hits = found.stream().map(List::copyOf).toList();
    depths = depth.stream().mapToInt(Integer::intValue).toArray();
    next = new int[tree.size() * width];
    for (int node = 0; node < tree.size(); node++) {
      for (int way = 0; way < width; way++) {
        int to = tree.get(node)[way];
        next[node * width + way] = to * width | (hits.get(to).isEmpty() ? 0 : HIT);
      }
    }
  }

  /// The state after one more byte; negative if a literal ends with it.
  public int next(int state, byte b) {
    return next[(state & ~HIT) + classes[b & 0xff]];
  }

  /// The literals that end in this state, the longest first.
  public List<Hit> hits(int state) {
    return hits.get((state & ~HIT) / width);
  }

  /// The number of last bytes that may be the start of a literal.
  public int begun(int state) {
    return depths[(state & ~HIT) / width];
  }

  private int node(List<int[]> tree, List<List<Hit>> found, List<Integer> depth, int level) {
    var ways = new int[width];
    Arrays.fill(ways, -1);
    tree.add(ways);
    found.add(new ArrayList<>());
    depth.add(level);
    return tree.size() - 1;
  }

  /// Bytes that no literal has are one class, and both cases of a letter are one.
  private int classify(List<List<byte[]>> literals) {
    int count = 1;
    for (var group : literals) {
      for (byte[] literal : group) {
        for (byte b : literal) {
          if (classes[b & 0xff] == 0) {
            classes[b & 0xff] = count++;
          }
        }
      }
    }
    for (int c = 'a'; c <= 'z'; c++) {
      classes[c + 'A' - 'a'] = classes[c];
    }
    return count;
  }

  private static List<byte[]> folded(List<String> literals) {
    var folded = new ArrayList<byte[]>();
    for (String literal : literals) {
      var bytes = literal.getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (bytes[i] >= 'A' && bytes[i] <= 'Z' ? bytes[i] | 0x20 : bytes[i]);
      }
      folded.add(bytes);
    }
    return folded;
  }

  private void connect(List<int[]> tree, List<List<Hit>> found) {
    var back = new int[tree.size()];
    var queue = new ArrayDeque<Integer>();
    for (int way = 0; way < width; way++) {
      int child = tree.getFirst()[way];
      if (child < 0) {
        tree.getFirst()[way] = 0;
      } else {
        queue.add(child);
      }
    }
    while (!queue.isEmpty()) {
      int node = queue.remove();
      found.get(node).addAll(found.get(back[node]));
      for (int way = 0; way < width; way++) {
        int child = tree.get(node)[way];
        int other = tree.get(back[node])[way];
        if (child < 0) {
          tree.get(node)[way] = other;
        } else {
          back[child] = other;
          queue.add(child);
        }
      }
    }
  }
}

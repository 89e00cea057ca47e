package dev.diagbundle.model;

import java.util.ArrayDeque;

/// The size of a regular expression with its counted repetitions expanded, as RE2 does:
/// `((a{1000}){1000}){1000}` would fill any memory. An estimate, never too low by much.
final class PatternSize {
  /// The maximum size of a pattern.
  static final long MAX = 100_000;

  private static final int LONGEST_COUNT = 9;

  private record Open(long sum, long last) {}

  private PatternSize() {}

  static long of(String pattern) {
    var open = new ArrayDeque<Open>();
    long sum = 0;
    long last = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '(') {
        open.push(new Open(sum, last));
        sum = 0;
        last = 0;
        continue;
      }
      if (c == ')' && !open.isEmpty()) {
        long inner = Math.max(1, sum + last);
        sum = open.peek().sum + open.pop().last;
        last = inner;
        continue;
      }
      int end = c == '{' ? pattern.indexOf('}', i) : -1;
      if (end > 0) {
        // Beyond the limit it matters no more how far.
        last = Math.min(last * count(pattern.substring(i + 1, end)), MAX + 1);
        i = end;
        continue;
      }
      sum = Math.min(sum + last, MAX + 1);
      last = 1;
    }
    return sum + last;
  }

  private static long count(String braces) {
    long most = 1;
    for (String number : braces.split(",", -1)) {
      if (number.matches("[0-9]+")) {
        most = Math.max(most, number.length() > LONGEST_COUNT ? MAX + 1 : Long.parseLong(number));
      }
    }
    return most;
  }
}

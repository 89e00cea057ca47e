package dev.diagbundle.redact;

import module java.base;

import dev.diagbundle.model.LiteralMatcher;
import java.util.Objects;

/// An output stream that replaces secrets. It holds back the last bytes, up to 64 KiB, until they
/// are classified: [#finish] passes on the rest. For one thread. It does not close the stream
/// below.
///
/// Bytes that are not secret pass unchanged, even if they are not text; only UTF-16 becomes UTF-8,
/// because neither secrets nor anything else could be searched in it.
public final class RedactingOutputStream extends OutputStream {
  private static final int CAPACITY = 64 * 1024;
  private static final String STAND_IN = "[redacted:";
  private static final ByteSet RULE_NAME = ByteSet.letters().and("0123456789-");
  private static final ByteSet INSIDE = RULE_NAME.and(":");
  private static final int MAX_INSIDE = 60;
  private static final int SMALL = 8 * 1024;

  private final Redaction redaction;
  private final OutputStream out;
  private final Map<String, Long> counts = new TreeMap<>();
  private byte[] buffer = new byte[SMALL];
  private int length;

  /// Up to here the buffer was passed on; what is left of it is context.
  private int passed;

  /// The bytes that are dropped after a secret that exceeds its rule's window.
  private ByteSet dropping = ByteSet.of("");

  private boolean begun;
  private Optional<Utf16Decoder> utf16 = Optional.empty();
  private boolean failed;
  private long looks;

  RedactingOutputStream(Redaction redaction, OutputStream out) {
    this.redaction = redaction;
    this.out = out;
  }

  /// The number of secrets replaced so far, by rule.
  public Map<String, Long> counts() {
    return Map.copyOf(counts);
  }

  /// Returns whether the input was UTF-16. Known when it is finished.
  public boolean wasUtf16() {
    return utf16.isPresent();
  }

  /// The number of byte inspections by rules: their cost beyond one step per byte.
  long looks() {
    return looks;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  /// @throws RedactionException if a rule fails; then nothing more is passed on, ever
  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    Objects.checkFromIndexSize(offset, count, bytes.length);
    int from = offset;
    while (from < offset + count && utf16.isEmpty()) {
      from += take(bytes, from, offset + count - from);
    }
    if (from < offset + count) {
      utf16.orElseThrow().decode(bytes, from, offset + count - from, this::takeAll);
    }
  }

  private void takeAll(byte[] bytes, int offset, int count) throws IOException {
    int from = offset;
    while (from < offset + count) {
      from += take(bytes, from, offset + count - from);
    }
  }

  /// Frees space if there is none, and accepts the bytes that fit.
  ///
  /// @return the number of accepted bytes; zero if they were found to be UTF-16
  private int take(byte[] bytes, int from, int count) throws IOException {
    if (length == CAPACITY) {
      if (begin()) {
        return 0;
      }
      process(false);
    }
    int fits = Math.min(CAPACITY - length, count);
    if (length + fits > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.clamp(2L * (length + fits), SMALL, CAPACITY));
    }
    System.arraycopy(bytes, from, buffer, length, fits);
    length += fits;
    return fits;
  }

  /// Looks once at what came first, and decodes it if it is UTF-16.
  private boolean begin() throws IOException {
    if (begun) {
      return false;
    }
    begun = true;
    if (redaction.isNone()) {
      return false;
    }
    utf16 = Utf16Decoder.of(buffer, length);
    if (utf16.isEmpty()) {
      return false;
    }
    var first = Arrays.copyOf(buffer, length);
    length = 0;
    utf16.get().decode(first, 0, first.length, this::takeAll);
    return true;
  }

  /// Passes on the bytes held back. Nothing may be written afterwards.
  ///
  /// @throws RedactionException if a rule fails
  public void finish() throws IOException {
    begin();
    if (utf16.isPresent()) {
      utf16.get().finish(this::takeAll);
    }
    process(true);
  }

  /// Passes nothing on: the bytes held back may be half a secret.
  @Override
  public void flush() {}

  private void process(boolean last) throws IOException {
    if (failed) {
      throw new IOException("an earlier write failed");
    }
    failed = true;
    drop();
    int kept = scan(last);
    out.write(buffer, passed, kept - passed);
    passed = kept;
    int context = Math.max(0, passed - Window.CONTEXT);
    System.arraycopy(buffer, context, buffer, 0, length - context);
    length -= context;
    passed -= context;
    failed = false;
  }

  private void drop() {
    int from = passed;
    while (passed < length && dropping.has(buffer[passed] & 0xff)) {
      passed++;
    }
    if (passed < length) {
      dropping = ByteSet.of("");
    }
    if (from < passed) {
      // Not even as context.
      Arrays.fill(buffer, from, passed, (byte) ' ');
    }
  }

  /// Passes on everything before secrets.
  ///
  /// @return start of the bytes to keep; those before it are to be passed on
  private int scan(boolean last) throws IOException {
    var literals = redaction.literals();
    var window = new Window(buffer, length, last);
    int state = LiteralMatcher.START;
    int i = passed;
    while (i < length) {
      state = literals.next(state, buffer[i]);
      i++;
      if (state >= 0) {
        continue;
      }
      for (LiteralMatcher.Hit hit : literals.hits(state)) {
        var rule = redaction.rule(hit);
        int start = i - hit.length();
        var found =
            find(rule, window.at(start), start, i).filter(secret -> !isStandIn(window, secret));
        if (window.wasTooShort()) {
          looks += window.looks();
          return Math.max(passed, start - Window.CONTEXT);
        }
        if (found.isPresent() && found.get().to() > passed) {
          replace(rule, found.get(), found.get().to() >= start + Window.REACH);
          i = passed;
          state = LiteralMatcher.START;
          break;
        }
      }
    }
    looks += window.looks();
    if (last) {
      return length;
    }
    return Math.max(passed, length - Math.max(Window.CONTEXT, literals.begun(state)));
  }

  private static Optional<SecretMatch> find(TextRule rule, Window window, int start, int end) {
    try {
      return rule.find(window, start, end);
    } catch (RuntimeException | StackOverflowError e) {
      throw new RedactionException(rule.name(), e);
    }
  }

  /// Returns whether it is the result of an earlier redaction, so that a second one changes
  /// nothing.
  private static boolean isStandIn(Window window, SecretMatch secret) {
    int open =
        window.get(secret.from()) == '['
            ? secret.from()
            : window.skipBack(secret.from(), INSIDE, MAX_INSIDE) - 1;
    if (!window.has(open, STAND_IN)) {
      return false;
    }
    int close = window.skip(open + STAND_IN.length(), RULE_NAME);
    return window.get(close) == ']' && secret.to() <= close + 1;
  }

  private void replace(TextRule rule, SecretMatch secret, boolean goesOn) throws IOException {
    int from = Math.max(passed, secret.from());
    out.write(buffer, passed, from - passed);
    var standIn = secret.standIn().orElseGet(() -> STAND_IN + rule.name() + "]");
    out.write((secret.before() + standIn + secret.after()).getBytes(StandardCharsets.US_ASCII));
    counts.merge(rule.name(), 1L, Long::sum);
    passed = secret.to();
    if (goesOn) {
      dropping = secret.rest();
      drop();
    }
  }
}

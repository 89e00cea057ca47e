package dev.diagbundle.redact;

import module java.base;

/// Bootstrap tokens, `abcdef.0123456789abcdef`, near a word that indicates one
/// (<https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/>). Their first part
/// alone is a name and stays.
final class BootstrapToken implements TextRule {
  private static final ByteSet PART = ByteSet.of("abcdefghijklmnopqrstuvwxyz0123456789");
  private static final ByteSet LINE = ByteSet.allBut("\n");
  private static final int ID = 6;
  private static final int SECRET = 16;
  private static final int NEAR = 200;

  @Override
  public String name() {
    return "bootstrap-token";
  }

  @Override
  public List<String> literals() {
    return List.of("token", "kubeadm join");
  }

  @Override
  public Optional<SecretMatch> find(Window window, int start, int end) {
    int stop = window.skip(end, LINE, NEAR);
    for (int dot = end + ID; dot < stop; dot++) {
      if (window.get(dot) == '.' && isToken(window, dot)) {
        return Optional.of(new SecretMatch(dot - ID, dot + 1 + SECRET, PART));
      }
    }
    return Optional.empty();
  }

  private static boolean isToken(Window window, int dot) {
    int from = window.skipBack(dot, PART, ID + 1);
    int to = window.skip(dot + 1, PART, SECRET + 1);
    if (dot - from != ID || to - dot - 1 != SECRET) {
      return false;
    }
    boolean inName = window.get(from - 1) == '-' || window.get(from - 1) == '.';
    boolean goesOn =
        window.get(to) == '-' || (window.get(to) == '.' && PART.has(window.get(to + 1)));
    return !inName && !goesOn && window.text(from, to).chars().anyMatch(Character::isDigit);
  }
}

package dev.diagbundle.findings;

import java.util.List;

/// What a check is, apart from what it finds.
///
/// @param id its name in the catalogue of findings, for example `pod-crash-loop`
/// @param layer where what it finds lies
/// @param remedy what to do, in two sentences or three
/// @param docs where the documentation tells more; empty if a user's rule names nothing
/// @param needs without which it can never say that all is well
/// @param meaning why it matters, in the words of who wrote the rule; empty for checks of the
///   catalogue, which get theirs by the cause of a finding: [#forCause(String)]
public record Check(
    String id, Layer layer, String remedy, String docs, List<CheckInput> needs, String meaning) {
  public Check {
    needs = List.copyOf(needs);
  }

  /// The check as it applies to findings of this cause: with the catalogue's meaning, unless it has
  /// one, and the catalogue's remedy for the cause, if there is one.
  public Check forCause(String cause) {
    var known = Meanings.of(id, cause);
    return new Check(
        id,
        layer,
        known.remedy().isEmpty() ? remedy : known.remedy(),
        docs,
        needs,
        meaning.isEmpty() ? known.text() : meaning);
  }

  /// What its findings mean, whatever their cause; empty if nothing says so.
  public String about() {
    return meaning.isEmpty() ? Meanings.of(id, "").text() : meaning;
  }

  public Check(String id, Layer layer, String remedy, String docs, CheckInput... needs) {
    this(id, layer, remedy, docs, List.of(needs), "");
  }
}

package dev.diagbundle.findings;

import java.util.List;

/// The description of a check, without its findings.
///
/// @param id its name in the catalogue of findings, for example `pod-crash-loop`
/// @param layer the layer of its findings
/// @param remedy the remedy, in two or three sentences
/// @param docs the address of further documentation; empty if a user's rule names none
/// @param needs the inputs without which its verdict is never clear
/// @param meaning the meaning given by the author of a user-defined rule; empty for checks of the
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

  /// The meaning of its findings, regardless of their cause; empty if there is none.
  public String about() {
    return meaning.isEmpty() ? Meanings.of(id, "").text() : meaning;
  }

  public Check(String id, Layer layer, String remedy, String docs, CheckInput... needs) {
    this(id, layer, remedy, docs, List.of(needs), "");
  }
}

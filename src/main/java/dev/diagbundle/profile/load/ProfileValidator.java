package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.Problem;

/// Validator that finds all problems of a profile at once.
public final class ProfileValidator {
  private ProfileValidator() {}

  /// The problems of a file and of the files that it extends, each `FILE:LINE:COL: message`; empty
  /// if it can be used. A file that cannot be read is a problem too.
  public static List<Problem> validate(Path file) {
    var loader = new ProfileLoader();
    loader.load(new ProfileSource.AtPath(file));
    return loader.problems();
  }
}

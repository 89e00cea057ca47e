package dev.diagbundle.profile.load;

import dev.diagbundle.profile.Profile;
import java.util.Map;

/// A profile and the origins of its items.
///
/// @param profile the merged profile
/// @param origins by the item's name, for example `profiles/support.yaml:12`
public record LoadedProfile(Profile profile, Map<String, String> origins) {
  public LoadedProfile {
    origins = Map.copyOf(origins);
  }
}

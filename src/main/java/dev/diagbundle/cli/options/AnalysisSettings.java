package dev.diagbundle.cli.options;

import module java.base;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.load.ProfileCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The analysis with the settings of a profile.
public final class AnalysisSettings {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisSettings.class);
  private static final String PROFILE = "profile.yaml";

  private AnalysisSettings() {}

  public static BundleAnalyzer analyzer(FindingSettings settings) {
    return new BundleAnalyzer(RuleRegistry.all(), settings);
  }

  /// The settings of the profile in the bundle; none if it has no readable profile, or if its
  /// clusters were collected by profiles with different settings.
  public static FindingSettings of(BundleContents contents) {
    var found = new HashSet<FindingSettings>();
    for (Entry entry : contents.manifest().entries()) {
      var place = BundleLayout.placeOf(entry.path());
      if (entry.path().value().equals(place.prefix() + PROFILE)) {
        try (var in = contents.open(entry)) {
          found.add(ProfileCatalog.read(entry.path().value(), in).findings());
        } catch (IOException | DiagbundleException e) {
          LOG.debug("{} has no settings of findings", entry.path(), e);
          return FindingSettings.NONE;
        }
      }
    }
    return found.size() == 1 ? found.iterator().next() : FindingSettings.NONE;
  }

  /// @throws DiagbundleException if there is nothing to collect
  public static Profile requireItems(Profile profile) throws DiagbundleException {
    if (profile.collect().isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("profile '" + Printable.line(profile.name()) + "' collects nothing")
              .withHint("add another profile: -p support -p FILE"));
    }
    return profile;
  }
}

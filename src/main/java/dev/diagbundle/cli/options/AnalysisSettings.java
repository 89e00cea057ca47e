package dev.diagbundle.cli.options;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.rules.RuleRegistry;
import dev.diagbundle.bundle.manifest.BundleLayout;
import dev.diagbundle.bundle.manifest.Entry;
import dev.diagbundle.bundle.read.BundleContents;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.checks.CheckIds;
import dev.diagbundle.model.checks.CustomRule;
import dev.diagbundle.model.checks.FindingSettings;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.load.ProfileCatalog;
import dev.diagbundle.profile.load.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The analysis as profiles and the command line tune it.
public final class AnalysisSettings {
  private static final Logger LOG = LoggerFactory.getLogger(AnalysisSettings.class);
  private static final String PROFILE = "profile.yaml";

  private AnalysisSettings() {}

  public static BundleAnalyzer analyzer(FindingSettings settings) {
    return new BundleAnalyzer(RuleRegistry.all(), settings);
  }

  /// The settings, with the checks ignored that the command line names.
  ///
  /// @throws DiagbundleException if there is no such check
  public static FindingSettings ignoring(FindingSettings settings, List<String> ids)
      throws DiagbundleException {
    var known = new ArrayList<>(CheckIds.ALL);
    settings.rules().stream().map(CustomRule::id).forEach(known::add);
    for (String id : ids) {
      if (!known.contains(id)) {
        throw new DiagbundleException(
            Problem.usage(
                "--ignore: there is no check '"
                    + Printable.line(id)
                    + "'"
                    + Suggestion.question(id, known)));
      }
    }
    return settings.ignoring(ids);
  }

  /// What the profile says that the bundle was collected by, which is part of it. Nothing if it has
  /// none that can be read, or if its clusters were collected by profiles that differ in this.
  public static FindingSettings of(BundleContents contents) {
    var found = new HashSet<FindingSettings>();
    for (Entry entry : contents.manifest().entries()) {
      var place = BundleLayout.placeOf(entry.path());
      if (entry.path().value().equals(place.prefix() + PROFILE)) {
        try (var in = contents.open(entry)) {
          found.add(ProfileCatalog.read(entry.path().value(), in).findings());
        } catch (IOException | DiagbundleException e) {
          LOG.debug("{} says nothing of findings", entry.path(), e);
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
              .withHint("name another one beside it: -p support -p FILE"));
    }
    return profile;
  }
}

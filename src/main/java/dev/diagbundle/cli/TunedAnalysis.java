package dev.diagbundle.cli;

import dev.diagbundle.analyze.BundleAnalyzer;
import dev.diagbundle.analyze.rules.Analyzers;
import dev.diagbundle.bundle.BundleContents;
import dev.diagbundle.bundle.BundleLayout;
import dev.diagbundle.bundle.Entry;
import dev.diagbundle.model.DiagbundleException;
import dev.diagbundle.model.Printable;
import dev.diagbundle.model.Problem;
import dev.diagbundle.model.findings.CheckIds;
import dev.diagbundle.model.findings.FindingSettings;
import dev.diagbundle.model.findings.OwnRule;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.Profiles;
import dev.diagbundle.profile.Suggestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The analysis as profiles and the command line tune it.
final class TunedAnalysis {
  private static final Logger LOG = LoggerFactory.getLogger(TunedAnalysis.class);
  private static final String PROFILE = "profile.yaml";

  private TunedAnalysis() {}

  static BundleAnalyzer analyzer(FindingSettings settings) {
    return new BundleAnalyzer(Analyzers.all(), settings);
  }

  /// The settings, with the checks ignored that the command line names.
  ///
  /// @throws DiagbundleException if there is no such check
  static FindingSettings ignoring(FindingSettings settings, List<String> ids)
      throws DiagbundleException {
    var known = new ArrayList<>(CheckIds.ALL);
    settings.rules().stream().map(OwnRule::id).forEach(known::add);
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
  static FindingSettings of(BundleContents contents) {
    var found = new HashSet<FindingSettings>();
    for (Entry entry : contents.manifest().entries()) {
      var place = BundleLayout.placeOf(entry.path());
      if (entry.path().value().equals(place.prefix() + PROFILE)) {
        try (var in = contents.open(entry)) {
          found.add(Profiles.read(entry.path().value(), in).findings());
        } catch (IOException | DiagbundleException e) {
          LOG.debug("{} says nothing of findings", entry.path(), e);
          return FindingSettings.NONE;
        }
      }
    }
    return found.size() == 1 ? found.iterator().next() : FindingSettings.NONE;
  }

  /// @throws DiagbundleException if there is nothing to collect
  static Profile requireItems(Profile profile) throws DiagbundleException {
    if (profile.collect().isEmpty()) {
      throw new DiagbundleException(
          Problem.usage("profile '" + Printable.line(profile.name()) + "' collects nothing")
              .withHint("name another one beside it: -p support -p FILE"));
    }
    return profile;
  }
}

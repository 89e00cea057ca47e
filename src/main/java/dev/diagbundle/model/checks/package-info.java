/// Settings of the analysis: ignored checks, thresholds, users' own rules. Profiles hold them and
/// the analysis obeys them. The main type is [FindingSettings]; [CustomRule] is one rule of a user.
/// It knows neither checks nor findings themselves.
@NullMarked
package dev.diagbundle.model.checks;

import org.jspecify.annotations.NullMarked;

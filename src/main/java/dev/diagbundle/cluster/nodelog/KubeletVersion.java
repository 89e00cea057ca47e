package dev.diagbundle.cluster.nodelog;

import module java.base;

import java.util.regex.Pattern;

/// The version of a kubelet, from `status.nodeInfo.kubeletVersion`, for example `v1.31.4+rke2r1`.
/// Ordered as releases are; vendors' suffixes (`+rke2r1`, `-eks-8cce635`, `-gke.1009000`) are
/// ignored.
///
/// @param prerelease `alpha.1`, `beta.0` or `rc.1`; empty for a release
public record KubeletVersion(int major, int minor, int patch, String prerelease)
    implements Comparable<KubeletVersion> {
  private static final Pattern VERSION =
      Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})\\.(\\d{1,6})(?:-([^+]*))?(?:\\+.*)?");

  /// The prereleases that precede a release. Other words behind a hyphen are a vendor's.
  private static final Pattern PRERELEASE = Pattern.compile("(alpha|beta|rc)\\.(\\d{1,6})");

  /// The pattern of a service name in `pkg/kubelet/kubelet_server_journal.go`: with a dot and a
  /// colon from 1.29 on.
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_.:@-]{1,256}");

  private static final Pattern NARROW_NAME = Pattern.compile("[a-zA-Z0-9_@-]{1,256}");

  private static final Comparator<KubeletVersion> ORDER =
      Comparator.comparingInt(KubeletVersion::major)
          .thenComparingInt(KubeletVersion::minor)
          .thenComparingInt(KubeletVersion::patch)
          .thenComparing(version -> version.prerelease().isEmpty())
          .thenComparing(KubeletVersion::stage)
          .thenComparingInt(KubeletVersion::stageNumber);

  /// A release, without a prerelease.
  static KubeletVersion release(int major, int minor, int patch) {
    return new KubeletVersion(major, minor, patch, "");
  }

  /// The version that the text contains; empty if it contains none.
  public static Optional<KubeletVersion> parse(String text) {
    var matcher = VERSION.matcher(text.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var suffix = Optional.ofNullable(matcher.group(4)).orElse("");
    return Optional.of(
        new KubeletVersion(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)),
            PRERELEASE.matcher(suffix).matches() ? suffix : ""));
  }

  /// Returns whether a `pattern` may be sent to a kubelet of this version. On Windows, earlier ones
  /// insert it into the text of a PowerShell command (CVE-2024-9042): a pattern with a quote would
  /// be run as code there.
  ///
  /// @param windows whether the kubelet runs on Windows
  public boolean takesPatternSafely(boolean windows) {
    if (!windows || major > 1) {
      return true;
    }
    var fixed =
        switch (minor) {
          case 29 -> release(1, 29, 13);
          case 30 -> release(1, 30, 9);
          case 31 -> release(1, 31, 5);
          default -> release(1, 32, 1);
        };
    return compareTo(fixed) >= 0;
  }

  /// Returns whether a log query of a kubelet of this version supports the name of a service. The
  /// response to any other name is 406.
  public boolean takesServiceName(String name) {
    boolean wide = compareTo(release(1, 29, 0)) >= 0;
    return (wide ? NAME : NARROW_NAME).matcher(name).matches();
  }

  @Override
  public int compareTo(KubeletVersion other) {
    return ORDER.compare(this, other);
  }

  private String stage() {
    return prerelease.replaceFirst("\\..*", "");
  }

  private int stageNumber() {
    return prerelease.isEmpty() ? 0 : Integer.parseInt(prerelease.replaceFirst(".*\\.", ""));
  }
}

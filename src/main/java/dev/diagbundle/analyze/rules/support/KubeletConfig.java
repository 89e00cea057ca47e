package dev.diagbundle.analyze.rules.support;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.model.Fields;
import dev.diagbundle.model.Quantity;

/// The fields of a kubelet's configuration (`/configz`) that rules need.
///
/// @param evictionHard the free amounts below which it evicts, as written; empty if it never does
public record KubeletConfig(
    String path,
    Map<String, String> evictionHard,
    List<String> clusterDns,
    String hairpinMode,
    long imageGcHighPercent,
    String imageMaximumGcAge) {
  private static final int THOUSAND = 1_000;

  /// Subscribes to the configurations of all nodes; the map has them once the bundle is read.
  public static Map<String, KubeletConfig> want(Subscriptions interests) {
    var configs = new TreeMap<String, KubeletConfig>();
    interests.nodeFiles(
        "kubelet/configz.json",
        file -> configs.put(file.node(), read(file.path(), file.tree().path("kubeletconfig"))));
    return configs;
  }

  /// The eviction threshold as a fraction of the capacity.
  ///
  /// @param otherwise the fallback if nothing is set, or eviction is disabled (`0%`): the kubelet's
  ///   defaults, since a full disk is a problem all the same
  public double threshold(String signal, double capacity, double otherwise) {
    double part = part(evictionHard.getOrDefault(signal, ""), capacity, otherwise);
    return part > 0 ? part : otherwise;
  }

  /// A threshold, `10%` or an amount, as a part of the whole.
  static double part(String text, double capacity, double otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.endsWith("%")) {
      return (double) Quantity.thousandths(text) / THOUSAND / capacity;
    }
    // A percentage is an amount of hundredths.
    return (double) Quantity.thousandths(text.substring(0, text.length() - 1)) / THOUSAND / 100;
  }

  private static KubeletConfig read(String path, JsonNode config) {
    var hard = new TreeMap<String, String>();
    config
        .path("evictionHard")
        .properties()
        .forEach(each -> hard.put(each.getKey(), Fields.text(each.getValue())));
    var dns = new ArrayList<String>();
    config.path("clusterDNS").forEach(each -> dns.add(Fields.text(each)));
    return new KubeletConfig(
        path,
        hard,
        dns,
        Fields.text(config, "hairpinMode"),
        Fields.number(config, "imageGCHighThresholdPercent"),
        Fields.text(config, "imageMaximumGCAge"));
  }
}

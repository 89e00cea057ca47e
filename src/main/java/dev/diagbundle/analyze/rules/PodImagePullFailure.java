package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.ContainerFact;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.ContainerEvidence;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.model.LinePattern;

/// Images that nodes cannot pull. Nodes resolve the registry with their own resolver, so the
/// cluster's DNS is never the cause.
final class PodImagePullFailure extends Rule {
  /// Reasons of the kubelet (pkg/kubelet/images/types.go).
  private static final Set<String> REASONS =
      Set.of(
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull",
          "ImageInspectError",
          "RegistryUnavailable",
          "SignatureValidationFailed");

  private static final int MANY_IMAGES = 3;

  /// Causes by the messages of runtimes, the most specific first; the first match counts.
  private static final Map<String, LinePattern> CAUSES = causes();

  PodImagePullFailure() {
    super(
        "pod-image-pull-failure",
        Layer.WORKLOAD,
        "Check the spelling of the image and that the tag was pushed, then the pull"
            + " credentials. For DNS, network or TLS causes, test from the node itself.",
        KUBERNETES + "concepts/containers/images/",
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var unreachable = new RegistryFaults();
      for (PodFact pod : facts.pods()) {
        for (ContainerFact container : pod.containers()) {
          if (REASONS.contains(container.waiting()) && !conclusion.isClaimed(pod, container)) {
            unreachable.add(container.image(), cause(container));
          }
        }
      }
      for (PodFact pod : facts.pods()) {
        for (ContainerFact container : pod.containers()) {
          if (!REASONS.contains(container.waiting()) || !conclusion.claim(pod, container)) {
            continue;
          }
          var cause = cause(container);
          var registry = registry(container.image());
          boolean wide = unreachable.images(registry, cause) >= MANY_IMAGES;
          var what = wide ? "registry " + registry : container.image();
          groups.add(
              Hit.of(
                      wide ? dev.diagbundle.findings.Severity.CRITICAL : facts.severity(pod),
                      cause + " " + what,
                      pod,
                      facts,
                      ContainerEvidence.state(pod, container))
                  .seen(pod.created(), java.util.Optional.of(facts.readAt(pod)))
                  .detail(
                      wide
                          ? "registry " + registry + " cannot be reached: " + words(cause)
                          : "cannot pull " + container.image() + ": " + words(cause)));
        }
      }
      conclusion.found(
          groups,
          group ->
              (group.count() == 1 ? group.who() : group.counted("pod")) + ": " + group.detail());
    };
  }

  /// The host that an image comes from; images without one come from Docker Hub.
  static String registry(String image) {
    int slash = image.indexOf('/');
    var host = slash < 0 ? "" : image.substring(0, slash);
    return host.contains(".") || host.contains(":") || host.equals("localhost")
        ? host
        : "docker.io";
  }

  private static String cause(ContainerFact container) {
    return switch (container.waiting()) {
      case "InvalidImageName" -> "name";
      case "ErrImageNeverPull" -> "never";
      case "SignatureValidationFailed" -> "signature";
      default ->
          CAUSES.entrySet().stream()
              .filter(each -> each.getValue().isIn(container.waitingMessage()))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse("unknown");
    };
  }

  private static String words(String cause) {
    return switch (cause) {
      case "registry-dns" -> "the node cannot resolve the registry's name";
      case "rate" -> "rate limit of the registry (429)";
      case "tls" -> "TLS connection to the registry fails";
      case "disk" -> "no space left on the node";
      case "platform" -> "the image has no variant for the node's platform";
      case "auth" -> "access denied by the registry";
      case "not-found" -> "not found in the registry";
      case "network" -> "the node cannot reach the registry";
      case "name" -> "the image reference is invalid";
      case "never" -> "not present on the node, and imagePullPolicy is Never";
      case "signature" -> "missing or invalid signature";
      default -> "see the kubelet's message";
    };
  }

  private static Map<String, LinePattern> causes() {
    var causes = new LinkedHashMap<String, LinePattern>();
    put(causes, "registry-dns", "no such host|server misbehaving|Temporary failure in name");
    put(causes, "rate", "\\b429\\b|toomanyrequests");
    put(causes, "tls", "x509:|HTTP response to HTTPS");
    put(causes, "disk", "no space left");
    put(causes, "platform", "no match(ing)? .*(platform|manifest)");
    put(causes, "auth", "\\b401\\b|\\b403\\b|unauthorized|denied|authorization failed");
    put(causes, "not-found", "not found|manifest unknown");
    put(causes, "network", "timeout|refused|no route|EOF");
    return causes;
  }

  private static void put(Map<String, LinePattern> causes, String cause, String pattern) {
    causes.put(cause, LinePattern.parse("(?i)" + pattern).orElseThrow());
  }

  /// The number of images of a registry that fail for a cause of the registry.
  private static final class RegistryFaults {
    private static final Set<String> WIDE = Set.of("registry-dns", "network", "tls");

    private final Map<String, Set<String>> images = new java.util.HashMap<>();

    void add(String image, String cause) {
      if (WIDE.contains(cause)) {
        images
            .computeIfAbsent(registry(image) + " " + cause, _ -> new java.util.HashSet<>())
            .add(image);
      }
    }

    int images(String registry, String cause) {
      return images.getOrDefault(registry + " " + cause, Set.of()).size();
    }
  }
}

package dev.diagbundle.analyze.rules.support;

import module java.base;

import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.model.Fields;

/// The admission webhooks of a cluster, read once by each rule that needs them.
public final class Webhooks {
  private final List<Webhook> all = new ArrayList<>();

  /// @param service its Service; empty if it is called by URL
  /// @param blocksVitals true if it intercepts pods, nodes or leases, and its failure rejects them
  public record Webhook(
      ObjectName name,
      String configuration,
      ObjectName service,
      boolean blocksVitals,
      String resources,
      Optional<Instant> certificateEnd,
      Instant read,
      Evidence place) {}

  public Webhooks(Subscriptions interests) {
    interests.objects("validating-webhook-configurations", this::add);
    interests.objects("mutating-webhook-configurations", this::add);
  }

  public List<Webhook> all() {
    return all;
  }

  private void add(SourceObject seen) {
    for (var hook : seen.tree().path("webhooks")) {
      var name = Fields.text(hook, "name");
      var resources = new TreeSet<String>();
      for (var rule : hook.path("rules")) {
        rule.path("resources").forEach(each -> resources.add(Fields.text(each)));
      }
      boolean vital =
          resources.stream()
              .map(each -> each.split("/", 2)[0])
              .anyMatch(Set.of("*", "pods", "nodes", "leases")::contains);
      var service = Fields.at(hook, "clientConfig", "service");
      // A certificate is longer than other texts, so it is taken as it is.
      var bundle = Fields.at(hook, "clientConfig", "caBundle").asText("");
      all.add(
          new Webhook(
              new ObjectName("Webhook", "", name),
              seen.name(),
              service.isObject()
                  ? new ObjectName(
                      "Service", Fields.text(service, "namespace"), Fields.text(service, "name"))
                  : ObjectName.NONE,
              vital && !Fields.text(hook, "failurePolicy").equals("Ignore"),
              String.join(", ", resources),
              Certificates.lastEnd(bundle),
              seen.at(),
              seen.evidence(
                  "webhook " + name + " of " + seen.name(),
                  "failurePolicy " + Fields.text(hook, "failurePolicy"),
                  "resources " + String.join(", ", resources))));
    }
  }
}

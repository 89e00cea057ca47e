package dev.diagbundle.analyze.rules;

import module java.base;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Broken entry points: an Ingress whose backend, port, class or certificate is missing, or a
/// LoadBalancer without an address. Names of Secrets count only if they were collected.
final class ExternalEntryBroken extends Rule {
  private static final CheckInput INGRESSES =
      CheckInput.objects("ingresses", "ingresses", "ingress/");
  private static final CheckInput CLASSES =
      CheckInput.objects("ingress classes", "ingressclasses", "ingress-classes.json");
  private static final CheckInput SECRETS = CheckInput.objects("secrets", "secrets", "secrets/");
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration ACTIVE = Duration.ofMinutes(15);

  /// A backend, class or Secret that an Ingress names.
  private record Wanted(
      ObjectName ingress,
      PodFact.Place place,
      String kind,
      String host,
      String name,
      String port) {}

  ExternalEntryBroken() {
    super(
        "external-entry-broken",
        Layer.INGRESS,
        "Create the named Service, class or Secret, or fix the cloud credentials or quota that"
            + " the event reports.",
        KUBERNETES + "concepts/services-networking/ingress/",
        CheckInput.SERVICES,
        CheckInput.EVENTS,
        INGRESSES);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    interests.events("SyncLoadBalancerFailed");
    var wanted = new ArrayList<Wanted>();
    interests.objects("ingress", seen -> addIngress(seen, wanted));
    var ports = new HashMap<String, Set<String>>();
    var waiting = new ArrayList<Hit>();
    interests.objects(
        "services",
        seen -> {
          ports.put(seen.namespace() + "/" + seen.name(), ports(seen.tree()));
          waiting(seen).ifPresent(waiting::add);
        });
    var classes = new HashSet<String>();
    interests.objects("ingress-classes", seen -> classes.add(seen.name()));
    var secrets = new HashSet<String>();
    interests.objects("secrets", seen -> secrets.add(seen.namespace() + "/" + seen.name()));
    return (facts, conclusion) -> {
      var groups = HitGroups.byOwner();
      var failed = new HashSet<ObjectName>();
      for (var event : facts.events().of("SyncLoadBalancerFailed")) {
        if (event.last().isAfter(facts.eventsReadAt(event).minus(ACTIVE))) {
          failed.add(event.object());
          groups.add(
              Hit.of(Severity.WARNING, "load balancer", event.object(), event.evidence())
                  .times(event.count())
                  .detail("its load balancer cannot be provisioned"));
        }
      }
      waiting.stream().filter(hit -> !failed.contains(hit.object())).forEach(groups::add);
      boolean known = facts.missing(CheckInput.SERVICES).isEmpty();
      boolean knownClasses = facts.missing(CLASSES).isEmpty();
      boolean knownSecrets = facts.missing(SECRETS).isEmpty();
      for (Wanted each : wanted) {
        boolean judged =
            switch (each.kind) {
              case "service" -> known;
              case "class" -> knownClasses;
              default -> knownSecrets;
            };
        if (judged) {
          study(each, ports, classes, secrets).ifPresent(groups::add);
        }
      }
      conclusion.found(groups, group -> group.who() + ": " + group.detail());
    };
  }

  private static Optional<Hit> study(
      Wanted each, Map<String, Set<String>> ports, Set<String> classes, Set<String> secrets) {
    var path = each.ingress.namespace() + "/" + each.name;
    return switch (each.kind) {
      case "service" -> {
        if (!ports.containsKey(path)) {
          yield Optional.of(hit(Severity.CRITICAL, each, "Service " + path + " does not exist"));
        }
        boolean there =
            each.port.isEmpty() || ports.getOrDefault(path, Set.of()).contains(each.port);
        yield there
            ? Optional.empty()
            : Optional.of(
                hit(Severity.CRITICAL, each, "Service " + path + " has no port " + each.port));
      }
      case "class" ->
          classes.contains(each.name)
              ? Optional.empty()
              : Optional.of(hit(Severity.WARNING, each, "class " + each.name + " does not exist"));
      default ->
          secrets.contains(path)
              ? Optional.empty()
              : Optional.of(hit(Severity.WARNING, each, "Secret " + path + " does not exist"));
    };
  }

  private static Hit hit(Severity severity, Wanted each, String cause) {
    var entry = each.host.isEmpty() ? "routing" : each.host;
    return Hit.of(severity, cause, each.ingress, each.place.saying(entry + ": " + cause))
        .detail(entry + " is misconfigured: " + cause);
  }

  private static void addIngress(SourceObject seen, List<Wanted> wanted) {
    var name = new ObjectName("Ingress", seen.namespace(), seen.name());
    var place = new PodFact.Place(seen.path(), seen.from(), seen.to());
    var spec = seen.tree().path("spec");
    var backends = new ArrayList<Wanted>();
    backends.add(backend(name, place, "", spec.path("defaultBackend")));
    for (var rule : spec.path("rules")) {
      for (var path : Fields.at(rule, "http", "paths")) {
        backends.add(backend(name, place, Fields.text(rule, "host"), path.path("backend")));
      }
    }
    // A backend may be a resource instead, of whatever kind.
    backends.stream().filter(each -> !each.name.isEmpty()).forEach(wanted::add);
    var ingressClass = Fields.text(spec, "ingressClassName");
    if (!ingressClass.isEmpty()) {
      wanted.add(new Wanted(name, place, "class", "", ingressClass, ""));
    }
    for (var tls : spec.path("tls")) {
      var secret = Fields.text(tls, "secretName");
      if (!secret.isEmpty()) {
        wanted.add(new Wanted(name, place, "secret", "", secret, ""));
      }
    }
  }

  private static Wanted backend(
      ObjectName ingress, PodFact.Place place, String host, JsonNode backend) {
    var service = backend.path("service");
    var port = Fields.text(service, "port", "name");
    return new Wanted(
        ingress,
        place,
        "service",
        host,
        Fields.text(service, "name"),
        port.isEmpty() ? Fields.text(service, "port", "number") : port);
  }

  private static Set<String> ports(JsonNode service) {
    var ports = new TreeSet<String>();
    // An ExternalName needs no ports.
    for (var port : Fields.at(service, "spec", "ports")) {
      ports.add(Fields.text(port, "port"));
      ports.add(Fields.text(port, "name"));
    }
    return ports;
  }

  private static Optional<Hit> waiting(SourceObject seen) {
    var created = Fields.time(seen.tree(), "metadata", "creationTimestamp");
    boolean old = created.orElse(Instant.EPOCH).isBefore(seen.at().minus(PATIENCE));
    if (!Fields.text(seen.tree(), "spec", "type").equals("LoadBalancer")
        || !old
        || !Fields.at(seen.tree(), "status", "loadBalancer", "ingress").isEmpty()) {
      return Optional.empty();
    }
    var name = new ObjectName("Service", seen.namespace(), seen.name());
    return Optional.of(
        Hit.of(
                Severity.WARNING,
                "no address",
                name,
                seen.evidence("service " + name.path() + ", type LoadBalancer, no address"))
            .seen(created, Optional.empty())
            .detail(
                "no load balancer has assigned an address; on bare metal this requires a load"
                    + " balancer controller"));
  }
}

package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.facts.PodFact;
import dev.diagbundle.analyze.facts.ServiceFact;
import dev.diagbundle.analyze.facts.SourceObject;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroup;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;

/// Services without ready endpoints.
final class ServiceNoEndpoints extends Rule {
  private static final Set<String> OUTSIDE = Set.of("NodePort", "LoadBalancer");
  private static final int MAX_DISTANCE = 2;

  ServiceNoEndpoints() {
    super(
        "service-no-endpoints",
        Layer.INGRESS,
        "Align the Service's selector with the pods' labels, or make the pods ready.",
        KUBERNETES + "tasks/debug/debug-application/debug-service/",
        CheckInput.SERVICES,
        CheckInput.ENDPOINT_SLICES,
        CheckInput.PODS);
  }

  @Override
  public RuleRun begin(Subscriptions interests) {
    var entries = new HashSet<String>();
    var asleep = new ArrayList<Asleep>();
    interests.objects("ingress", seen -> addBackends(seen, entries));
    interests.objects("deployments", seen -> addAsleep(seen, asleep));
    interests.objects("statefulsets", seen -> addAsleep(seen, asleep));
    return (facts, conclusion) -> {
      // Without slices every Service would look empty.
      if (facts.missing(CheckInput.ENDPOINT_SLICES).isPresent()) {
        return;
      }
      var groups = HitGroups.byOwner();
      for (ServiceFact service : facts.services()) {
        if (service.selector().isEmpty()
            || service.type().equals("ExternalName")
            || service.publishesUnready()
            || service.readyEndpoints() > 0) {
          continue;
        }
        boolean outside =
            OUTSIDE.contains(service.type()) || entries.contains(service.name().path());
        groups.add(hit(facts, service, outside, asleep));
      }
      conclusion.found(groups, ServiceNoEndpoints::title);
    };
  }

  /// A workload that is scaled to zero.
  private record Asleep(String namespace, Map<String, String> labels) {}

  private static void addBackends(SourceObject ingress, Set<String> entries) {
    for (var rule : Fields.at(ingress.tree(), "spec", "rules")) {
      for (var path : Fields.at(rule, "http", "paths")) {
        entries.add(ingress.namespace() + "/" + Fields.text(path, "backend", "service", "name"));
      }
    }
  }

  private static void addAsleep(SourceObject workload, List<Asleep> asleep) {
    var replicas = Fields.at(workload.tree(), "spec", "replicas");
    if (replicas.isInt() && replicas.asInt() == 0) {
      var labels = new HashMap<String, String>();
      Fields.at(workload.tree(), "spec", "template", "metadata", "labels")
          .properties()
          .forEach(label -> labels.put(label.getKey(), Fields.text(label.getValue())));
      asleep.add(new Asleep(workload.namespace(), labels));
    }
  }

  private static Hit hit(Facts facts, ServiceFact service, boolean outside, List<Asleep> asleep) {
    var severity = outside ? Severity.CRITICAL : Severity.WARNING;
    var pods =
        facts.podsIn(service.name().namespace()).stream()
            .filter(pod -> !pod.isOver() && service.selects(pod))
            .toList();
    var place =
        service
            .place()
            .saying("service " + service.name().path() + ", selector " + text(service.selector()));
    if (!pods.isEmpty()) {
      long ready = pods.stream().filter(pod -> pod.ready().isTrue()).count();
      var first = pods.getFirst();
      return Hit.of(
              severity,
              ready > 0 ? "no slice" : "unready",
              service.name(),
              place,
              first.place().saying("pod " + first.name().path()))
          .owner(facts.root(first))
          .detail(
              ready > 0
                  ? "it selects "
                      + RuleText.count(ready, "ready pod")
                      + ", but no EndpointSlice exists for them"
                  : "it selects " + RuleText.count(pods.size(), "pod") + ", none of them ready");
    }
    if (isAsleep(service, asleep)) {
      return Hit.of(Severity.INFO, "scaled to 0", service.name(), place)
          .detail("its workload is scaled to 0");
    }
    var near = near(facts, service);
    var hit = Hit.of(severity, "selects nothing", service.name(), place);
    var nothing = "its selector " + text(service.selector()) + " matches no pod";
    if (near.isEmpty()) {
      return hit.detail(nothing);
    }
    var pod = near.get().pod;
    return hit.and(
            Optional.of(
                pod.place().saying("pod " + pod.name().path() + ", labels " + text(pod.labels()))))
        .detail(nothing + "; did you mean " + near.get().label + "?");
  }

  private static boolean isAsleep(ServiceFact service, List<Asleep> asleep) {
    return asleep.stream()
        .filter(each -> each.namespace.equals(service.name().namespace()))
        .anyMatch(each -> each.labels.entrySet().containsAll(service.selector().entrySet()));
  }

  private record Near(PodFact pod, String label) {}

  /// A label of a pod that is similar to the selector: another spelling, or another key.
  private static Optional<Near> near(Facts facts, ServiceFact service) {
    for (PodFact pod : facts.podsIn(service.name().namespace())) {
      for (var wanted : service.selector().entrySet()) {
        var value = pod.labels().get(wanted.getKey());
        if (value != null && isNear(value, wanted.getValue())) {
          return Optional.of(new Near(pod, wanted.getKey() + "=" + value));
        }
        for (var label : pod.labels().entrySet()) {
          if (value == null && label.getValue().equals(wanted.getValue())) {
            return Optional.of(new Near(pod, label.getKey() + "=" + label.getValue()));
          }
        }
      }
    }
    return Optional.empty();
  }

  static boolean isNear(String one, String other) {
    int distance = distance(one, other);
    return distance > 0
        && distance <= MAX_DISTANCE
        && distance < Math.min(one.length(), other.length());
  }

  /// The edit distance of two texts: the number of letters to insert, delete or replace. Label
  /// values are at most 63 characters long.
  static int distance(String one, String other) {
    var row = new int[other.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[other.length()];
  }

  private static String title(HitGroup group) {
    return group.count() == 1
        ? "Service " + group.names() + " has no endpoints: " + group.detail()
        : group.count() + " Services have no endpoints (" + group.names() + "): " + group.cause();
  }

  private static String text(Map<String, String> labels) {
    var sorted = new TreeMap<>(labels);
    var words = new ArrayList<String>();
    sorted.forEach((key, value) -> words.add(key + "=" + value));
    return String.join(",", words);
  }
}

package dev.diagbundle.analyze.rules;

import module java.base;

import dev.diagbundle.analyze.facts.Events;
import dev.diagbundle.analyze.facts.Facts;
import dev.diagbundle.analyze.rule.Hit;
import dev.diagbundle.analyze.rule.HitGroups;
import dev.diagbundle.analyze.rule.Rule;
import dev.diagbundle.analyze.rule.RuleText;
import dev.diagbundle.analyze.rule.Subscriptions;
import dev.diagbundle.analyze.rules.support.Recency;
import dev.diagbundle.analyze.rules.support.Webhooks;
import dev.diagbundle.analyze.rules.support.Workload;
import dev.diagbundle.findings.CheckInput;
import dev.diagbundle.findings.Evidence;
import dev.diagbundle.findings.Layer;
import dev.diagbundle.findings.ObjectName;
import dev.diagbundle.findings.Severity;
import dev.diagbundle.model.Fields;
import java.util.regex.Pattern;

/// Admission webhooks that the API server cannot call, so that the objects they intercept cannot be
/// changed.
///
/// The check does not evaluate whether a namespaceSelector leaves anything for the webhook.
final class WebhookFailing extends Rule {
  private static final String FAILED = "failed calling webhook";

  // Without nested repetition: a hostile message costs no more than its length.
  private static final Pattern CALL =
      Pattern.compile("failed calling webhook \\\\?\"([^\"\\\\]{1,253})\\\\?\":? ?(.{0,400})");
  private static final int MAX_MESSAGES = 1_000;

  WebhookFailing() {
    super(
        "webhook-failing",
        Layer.CLUSTER_SERVICE,
        "Restore the webhook's pods or certificate; in an emergency, set its failurePolicy to"
            + " Ignore or delete its configuration.",
        KUBERNETES + "concepts/cluster-administration/admission-webhooks-good-practices/",
        CheckInput.objects(
            "validating webhooks",
            "validatingwebhookconfigurations",
            "validating-webhook-configurations.json"),
        CheckInput.objects(
            "mutating webhooks",
            "mutatingwebhookconfigurations",
            "mutating-webhook-configurations.json"),
        CheckInput.SERVICES,
        CheckInput.ENDPOINT_SLICES,
        CheckInput.EVENTS);
  }

  /// One message about a webhook that could not be called.
  private record Message(
      String hook,
      String words,
      ObjectName about,
      Optional<Instant> at,
      Instant read,
      Evidence place) {}

  @Override
  public RuleRun begin(Subscriptions interests) {
    var hooks = new Webhooks(interests);
    var messages = new ArrayList<Message>();
    interests.objects(
        "events",
        seen -> {
          var about = seen.tree().path("involvedObject");
          add(
              messages,
              Fields.text(seen.tree(), "message"),
              new ObjectName(
                  Fields.text(about, "kind"),
                  Fields.text(about, "namespace"),
                  Fields.text(about, "name")),
              Optional.of(Events.last(seen)),
              seen.at(),
              seen.evidence(Fields.text(seen.tree(), "message")));
        });
    interests.lines(
        "nodes/*/services/*",
        List.of(FAILED),
        FAILED,
        line ->
            add(
                messages,
                line.text(),
                line.node().isEmpty() ? ObjectName.NONE : new ObjectName("Node", "", line.node()),
                line.time(),
                line.read(),
                line.evidence()));
    Workload.watch(
        interests,
        "replicasets",
        "ReplicaSet",
        set -> set.failure().message().contains(FAILED),
        set ->
            add(
                messages,
                set.failure().message(),
                set.name(),
                // A condition holds until it is removed.
                Optional.of(set.at()),
                set.at(),
                set.place().saying(set.name().toString(), set.failure().message())));
    return (facts, conclusion) -> {
      var groups = HitGroups.byCause();
      var known = new HashMap<String, Webhooks.Webhook>();
      for (Webhooks.Webhook hook : hooks.all()) {
        known.put(hook.name().name(), hook);
        broken(facts, hook)
            .ifPresent(words ->
                groups.add(
                    Hit.of(severity(hook), hook.name().name(), hook.name(), hook.place())
                        .owner(
                            hook.service().equals(ObjectName.NONE) ? hook.name() : hook.service())
                        .seen(
                            words.startsWith("its certificate")
                                ? hook.certificateEnd()
                                : Optional.empty(),
                            Optional.empty())
                        .detail(blocked(hook) + ": " + words)));
      }
      for (Message message : messages) {
        groups.add(ofMessage(facts, message, Optional.ofNullable(known.get(message.hook))));
      }
      conclusion.found(
          groups, group -> "Admission webhook " + group.cause() + " fails" + group.detail());
    };
  }

  private static void add(
      List<Message> messages,
      String text,
      ObjectName about,
      Optional<Instant> at,
      Instant read,
      Evidence place) {
    if (!text.contains(FAILED) || messages.size() >= MAX_MESSAGES) {
      return;
    }
    var found = CALL.matcher(text);
    if (found.find()) {
      messages.add(new Message(found.group(1), found.group(2), about, at, read, place));
    }
  }

  private static Severity severity(Webhooks.Webhook hook) {
    return hook.blocksVitals() ? Severity.CRITICAL : Severity.WARNING;
  }

  private static String blocked(Webhooks.Webhook hook) {
    return hook.resources().isEmpty() ? "" : " for " + RuleText.cut(hook.resources(), 80);
  }

  private static Hit ofMessage(Facts facts, Message message, Optional<Webhooks.Webhook> hook) {
    var name = new ObjectName("Webhook", "", message.hook);
    var hit =
        Hit.of(
                hook.map(WebhookFailing::severity).orElse(Severity.WARNING),
                message.hook,
                name,
                message.place)
            .and(hook.map(Webhooks.Webhook::place))
            .owner(message.about.kind().isEmpty() ? name : facts.root(message.about))
            .seen(message.at, message.at)
            .detail(
                hook.map(WebhookFailing::blocked).orElse("")
                    + ": "
                    + RuleText.cut(message.words, 200));
    boolean active =
        message.at.filter(at -> at.isBefore(message.read.minus(Recency.ACTIVE))).isEmpty();
    return active ? hit : hit.over();
  }

  /// The defect of a webhook that the objects show.
  private static Optional<String> broken(Facts facts, Webhooks.Webhook hook) {
    if (hook.certificateEnd().filter(end -> end.isBefore(hook.read())).isPresent()) {
      return Optional.of("its certificate authority has expired");
    }
    if (hook.service().equals(ObjectName.NONE) || facts.missing(CheckInput.SERVICES).isPresent()) {
      return Optional.empty();
    }
    var service =
        facts.services().stream().filter(each -> each.name().equals(hook.service())).findFirst();
    if (service.isEmpty()) {
      return Optional.of(hook.service() + " does not exist");
    }
    return facts.missing(CheckInput.ENDPOINT_SLICES).isEmpty()
            && service.get().readyEndpoints() == 0
            && !service.get().type().equals("ExternalName")
        ? Optional.of(hook.service() + " has no ready endpoints")
        : Optional.empty();
  }
}

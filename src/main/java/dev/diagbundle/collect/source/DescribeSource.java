package dev.diagbundle.collect.source;

import module java.base;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diagbundle.collect.inventory.DescribedObjects;
import dev.diagbundle.collect.inventory.NewestObjects.Kept;
import dev.diagbundle.collect.inventory.ObjectCleaner;
import dev.diagbundle.collect.inventory.PackedEvents;
import dev.diagbundle.collect.inventory.ResourceType;
import dev.diagbundle.collect.task.TaskScope;
import dev.diagbundle.describe.DescribedEvent;
import dev.diagbundle.describe.DescribedKind;
import dev.diagbundle.describe.PodDescription;
import dev.diagbundle.describe.Viewpoint;
import dev.diagbundle.model.EntryPath;
import dev.diagbundle.model.ItemKind;
import dev.diagbundle.model.Outcome;
import dev.diagbundle.model.Reason;
import dev.diagbundle.profile.DescribedPods;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.redact.RedactionException;

/// The source of descriptions of pods that need attention, and of their workloads, Services and
/// claims, as kubectl would print them, from lists that were read once. Several items of the kind
/// are treated as one.
final class DescribeSource implements Source<ItemSpec.Describe> {
  private static final ItemKind KIND = ItemKind.DESCRIBE;
  private static final List<ResourceType> OF_PODS = List.of(ResourceType.EVENTS, ResourceType.PODS);

  /// The number of objects whose events are looked up at once.
  private static final int BATCH = 500;

  @Override
  public Class<ItemSpec.Describe> spec() {
    return ItemSpec.Describe.class;
  }

  @Override
  public void plan(ItemSpec.Describe spec, Planner planner) {
    var described = planner.inventory().described();
    if (described.isEmpty()) {
      planner
          .tasks()
          .note(KIND, "", spec.name(), new Outcome.Skipped(Reason.EMPTY, "no text requested"));
      return;
    }
    var objects = described.get();
    if (objects.wantsPods()) {
      planner
          .tasks()
          .later(
              KIND,
              "pods",
              scope -> pods(objects, planner, scope),
              start -> planner.lists().after(OF_PODS, start));
    }
    if (objects.wantsWorkloads()) {
      var types = new ArrayList<>(OF_PODS);
      types.addAll(DescribedObjects.WORKLOADS);
      planner
          .tasks()
          .later(
              KIND,
              "workloads",
              scope -> workloads(objects, types, planner, scope),
              start -> planner.lists().after(types, start));
    }
  }

  @Override
  public void needs(ItemSpec.Describe spec, ItemRights needs) {
    if (spec.pods() == DescribedPods.NONE && !spec.workloads()) {
      return;
    }
    needs.lists(OF_PODS);
    if (spec.workloads()) {
      needs.lists(DescribedObjects.WORKLOADS);
    }
  }

  private static Outcome pods(DescribedObjects objects, Planner planner, TaskScope scope)
      throws IOException, InterruptedException {
    var kept = objects.pods();
    var missing = missing(OF_PODS, objects, planner);
    if (kept.isEmpty()) {
      return missing.isPresent()
          ? new Outcome.Failed(missing.get().reason(), missing.get().detail())
          : new Outcome.Skipped(
              Reason.EMPTY, objects.wantsAllPods() ? "no pods" : "no pods need attention");
    }
    var texts = new Texts(objects, planner, scope);
    texts.write(kept);
    if (objects.podsWanted() > kept.size()) {
      return new Outcome.Partial(
          Reason.LIMIT,
          said("%,d of %,d pods described, the most recent failures", kept, objects.podsWanted())
              + said("; %2$,d need attention", kept, objects.podsInTrouble()));
    }
    return texts.outcome(missing);
  }

  private static Outcome workloads(
      DescribedObjects objects, List<ResourceType> types, Planner planner, TaskScope scope)
      throws IOException, InterruptedException {
    var kept = objects.workloads();
    var missing = missing(types, objects, planner);
    if (kept.isEmpty()) {
      return missing.isPresent()
          ? new Outcome.Failed(missing.get().reason(), missing.get().detail())
          : new Outcome.Skipped(Reason.EMPTY, "no unhealthy workloads, Services or claims");
    }
    var texts = new Texts(objects, planner, scope);
    texts.write(kept);
    if (objects.workloadsWanted() > kept.size()) {
      return new Outcome.Partial(
          Reason.LIMIT,
          said(
              "%,d of %,d unhealthy objects described, the most recently changed",
              kept, objects.workloadsWanted()));
    }
    if (objects.wantsPods() && objects.podsWanted() > objects.pods().size()) {
      return texts.outcome(
          missing.or(() ->
              Optional.of(
                  new Outcome.Partial(
                      Reason.LIMIT,
                      "objects of pods that are not described: only those that report a problem"
                          + " themselves"))));
    }
    return texts.outcome(missing);
  }

  private static String said(String words, List<?> kept, long all) {
    return String.format(Locale.ROOT, words, kept.size(), all);
  }

  /// The outcome of texts that are incomplete because a list is; for the first such list.
  private static Optional<Outcome.Partial> missing(
      List<ResourceType> types, DescribedObjects objects, Planner planner) {
    for (ResourceType type : types) {
      var gap = planner.lists().gap(type);
      if (gap.isPresent()) {
        return Optional.of(
            new Outcome.Partial(
                gap.get().why().orElse(Reason.INTERNAL),
                "incomplete list of " + type.name() + ": " + gap.get().words()));
      }
    }
    return objects.eventsDropped() == 0
        ? Optional.empty()
        : Optional.of(
            new Outcome.Partial(
                Reason.LIMIT,
                String.format(
                    Locale.ROOT,
                    "%,d events omitted here; see events.txt",
                    objects.eventsDropped())));
  }

  /// The writer of one item's texts.
  private static final class Texts {
    private final DescribedObjects objects;
    private final Planner planner;
    private final TaskScope scope;
    private final Viewpoint now;
    private Optional<RedactionException> dropped = Optional.empty();

    Texts(DescribedObjects objects, Planner planner, TaskScope scope) {
      this.objects = objects;
      this.planner = planner;
      this.scope = scope;
      this.now = Viewpoint.utc(planner.window().whole().to());
    }

    Outcome outcome(Optional<Outcome.Partial> missing) {
      if (dropped.isPresent()) {
        return new Outcome.Partial(
            Reason.INTERNAL, dropped.get().getMessage() + "; the affected texts were dropped");
      }
      return missing.isPresent() ? missing.get() : new Outcome.Collected();
    }

    void write(List<Kept<ResourceType>> all) throws IOException, InterruptedException {
      for (int begin = 0; begin < all.size(); begin += BATCH) {
        var batch = all.subList(begin, Math.min(all.size(), begin + BATCH));
        var keys = new HashSet<String>();
        batch.forEach(object -> keys.add(PackedEvents.key(object.namespace(), object.name())));
        var events = objects.eventsAbout(keys);
        for (Kept<ResourceType> object : batch) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          write(object, events);
        }
      }
    }

    private void write(Kept<ResourceType> kept, Map<String, List<DescribedEvent>> events)
        throws IOException {
      var type = kept.facts();
      var name = type.kind().toLowerCase(Locale.ROOT) + "-" + kept.name() + ".txt";
      var path = EntryPath.of(KIND.label()).child(kept.namespace()).child(name);
      var own = events.getOrDefault(PackedEvents.key(kept.namespace(), kept.name()), List.of());
      if (!(kept.object().tree() instanceof ObjectNode object)) {
        return;
      }
      var kind = DescribedKind.of(type.group(), type.kind());
      if (kind.equals(Optional.of(DescribedKind.DEPLOYMENT))) {
        objects.relations().addTemplate(object);
      }
      ObjectCleaner.clean(type, object);
      try (var entry = scope.entry(path, planner.window().whole().to(), Long.MAX_VALUE)) {
        var text = new OutputStreamWriter(entry, StandardCharsets.UTF_8);
        if (kind.isPresent()) {
          kind.get().render(object, own, objects.relations(), text, now);
        } else {
          new PodDescription(object, own).render(text, now);
        }
        text.flush();
        entry.commit();
      } catch (RedactionException e) {
        dropped = Optional.of(e);
      }
    }
  }
}

package dev.diagbundle.profile.load;

import module java.base;

import dev.diagbundle.model.DurationText;
import dev.diagbundle.profile.ItemSpec;
import dev.diagbundle.profile.Limits;
import dev.diagbundle.profile.NodeSelection;
import dev.diagbundle.profile.Profile;
import dev.diagbundle.profile.yaml.YamlNode;

/// A profile before its defaults are filled in, so that it can be merged over another one.
record ProfileDraft(
    String name,
    Optional<String> description,
    Optional<Duration> window,
    Optional<NodeSelection> nodes,
    List<OriginatedItem> items,
    DraftLimits limits,
    FindingsDraft findings) {
  /// An item and the place it comes from.
  ///
  /// @param origin `FILE:LINE`
  record OriginatedItem(ItemSpec spec, String origin) {}

  /// The specified limits.
  record DraftLimits(
      OptionalLong item,
      OptionalLong bundle,
      Optional<Duration> deadline,
      OptionalInt concurrency,
      OptionalInt perNode,
      OptionalDouble requestsPerSecond) {
    static DraftLimits of(MappingValues keys) {
      return new DraftLimits(
          keys.size("item"),
          keys.size("bundle"),
          keys.text("deadline").flatMap(DurationText::parse),
          keys.number("concurrency"),
          keys.number("perNode"),
          keys.decimal("qps"));
    }

    DraftLimits over(DraftLimits base) {
      return new DraftLimits(
          item.isPresent() ? item : base.item,
          bundle.isPresent() ? bundle : base.bundle,
          deadline.or(() -> base.deadline),
          concurrency.isPresent() ? concurrency : base.concurrency,
          perNode.isPresent() ? perNode : base.perNode,
          requestsPerSecond.isPresent() ? requestsPerSecond : base.requestsPerSecond);
    }

    Limits limits() {
      var defaults = Limits.DEFAULTS;
      return new Limits(
          item.orElse(defaults.itemBytes()),
          bundle.orElse(defaults.bundleBytes()),
          deadline.orElse(defaults.deadline()),
          concurrency.orElse(defaults.concurrency()),
          perNode.orElse(defaults.perNode()),
          requestsPerSecond);
    }
  }

  ProfileDraft {
    items = List.copyOf(items);
  }

  /// Binds a tree.
  ///
  /// @param root a valid profile
  /// @param file as named in origins
  static ProfileDraft of(YamlNode root, String file) {
    var keys = MappingValues.of(root);
    var items = new ArrayList<OriginatedItem>();
    for (var element : keys.elements("collect")) {
      var entry = ((YamlNode.Mapping) element).entries().getFirst();
      var kind = ItemFormat.named(entry.key()).orElseThrow();
      items.add(new OriginatedItem(kind.bind(entry.value()), file + ":" + entry.position().line()));
    }
    return new ProfileDraft(
        keys.text("name").orElseThrow(),
        keys.text("description"),
        keys.duration("window"),
        keys.below("nodes").map(ItemFormat::nodes),
        items,
        DraftLimits.of(keys.below("limits").orElse(MappingValues.NONE)),
        keys.below("findings").map(FindingsDraft::of).orElse(FindingsDraft.NONE));
  }

  /// This draft merged over another: values specified here win, key by key; an item replaces the
  /// base's item of the same name, others follow the base's.
  ProfileDraft over(ProfileDraft base) {
    var merged = new ArrayList<>(base.items);
    for (var item : items) {
      int at = -1;
      for (int i = 0; i < merged.size() && at < 0; i++) {
        at = merged.get(i).spec().name().equals(item.spec().name()) ? i : -1;
      }
      if (at < 0) {
        merged.add(item);
      } else {
        merged.set(at, item);
      }
    }
    return new ProfileDraft(
        name,
        description.or(base::description),
        window.or(base::window),
        nodes.or(base::nodes),
        merged,
        limits.over(base.limits),
        findings.over(base.findings));
  }

  ProfileDraft named(String otherName) {
    return new ProfileDraft(otherName, description, window, nodes, items, limits, findings);
  }

  Profile profile() {
    return new Profile(
        name,
        description.orElse(""),
        window.orElse(Profile.DEFAULT_WINDOW),
        nodes.orElse(NodeSelection.ALL),
        items.stream().map(OriginatedItem::spec).toList(),
        limits.limits(),
        findings.settings());
  }
}
